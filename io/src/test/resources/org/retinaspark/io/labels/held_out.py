"""Writes the resource widerface-val.txt: digests by which photos of WIDER FACE's validation set are known.

    python held_out.py VAL_IMAGES wider_face_val.mat > .../widerface-val.txt

VAL_IMAGES is a folder with <event>/<image>.jpg, of all photos or of some. A line of 64 digits is the SHA-256 of a
photo's file; one of 16 is the beginning of the SHA-256 of an image's key, <event>/<image>.jpg in UTF-8. Needs scipy.
"""

import hashlib
import pathlib
import sys

import scipy.io

photos = sorted(pathlib.Path(sys.argv[1]).rglob("*.jpg"))
truth = scipy.io.loadmat(sys.argv[2])
names = [
    f"{event[0][0]}/{name[0][0]}.jpg"
    for event, files in zip(truth["event_list"], truth["file_list"])
    for name in files[0]
]
print("# Digests of photos that only evaluations may see; made by held_out.py.")
for digest in sorted(hashlib.sha256(photo.read_bytes()).hexdigest() for photo in photos):
    print(digest)
for digest in sorted(hashlib.sha256(name.encode()).hexdigest()[:16] for name in names):
    print(digest)
