"""Makes the golden files of HEIC and AVIF: small images and the pixels that another decoder reads.

    pip install numpy pillow==13.0.0 pillow-heif==1.8.1
    python3 make_heif_golden.py

Writes the images, `<image>.bgr` (height x width x 3 bytes, blue green red) and `heif.tsv` (as `golden.tsv`, see
make_golden.py). The reference of AVIF is libavif, of HEIC a much newer libheif than systems have, each in the wheel's
own copy; neither shares code with ours but the first steps of HEVC's decoder. libavif smooths
chroma where libheif repeats it, so a small mean difference is allowed.
"""

import io
import pathlib

import numpy as np
import pillow_heif
from PIL import Image, ImageOps

HERE = pathlib.Path(__file__).parent
WIDTH, HEIGHT = 76, 58
TOLERANCE = 2
rows = []

y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float64)
PICTURE = np.clip(np.stack([
    128 + 100 * np.sin(x / 9) * np.cos(y / 11), 255 * x / (WIDTH - 1), 255 * y / (HEIGHT - 1)], axis=-1), 0, 255)
RGB = Image.fromarray(PICTURE.astype(np.uint8))
ALPHA = Image.fromarray(np.tile(np.linspace(0, 255, WIDTH), (HEIGHT, 1)).astype(np.uint8))


def add(name, data, image):
    bgr = np.ascontiguousarray(np.asarray(image.convert("RGB"))[:, :, ::-1])
    (HERE / name).write_bytes(data)
    (HERE / (name + ".bgr")).write_bytes(bgr.tobytes())
    rows.append(f"{name}\t{bgr.shape[1]}\t{bgr.shape[0]}\t1\t{TOLERANCE}")


def heic(name, image, **options):
    stream = io.BytesIO()
    pillow_heif.from_pillow(image).save(stream, **options)
    decoded = pillow_heif.open_heif(stream.getvalue(), convert_hdr_to_8bit=True)
    add(name, stream.getvalue(), decoded.to_pillow())


def avif(name, image, **options):
    stream = io.BytesIO()
    image.save(stream, "AVIF", speed=6, **options)
    # Pillow makes an EXIF orientation of how the file says that the image is turned, and leaves the turning to us.
    add(name, stream.getvalue(), ImageOps.exif_transpose(Image.open(io.BytesIO(stream.getvalue()))))


def turned(orientation):
    block = Image.Exif()
    block[0x0112] = orientation
    return block.tobytes()


heic("photo.heic", RGB, quality=90)
heic("alpha.heic", Image.merge("RGBA", (*RGB.split(), ALPHA)), quality=90)
heic("grey.heic", RGB.convert("L"), quality=90)
deep = pillow_heif.from_bytes("RGB;16", RGB.size, (PICTURE * 257).astype("<u2").tobytes())
stream = io.BytesIO()
deep.save(stream, quality=90)
add("deep.heic", stream.getvalue(), pillow_heif.open_heif(stream.getvalue(), convert_hdr_to_8bit=True).to_pillow())
avif("photo.avif", RGB, quality=90)
avif("alpha.avif", Image.merge("RGBA", (*RGB.split(), ALPHA)), quality=90, subsampling="4:4:4")
avif("turned.avif", RGB, quality=90, exif=turned(6))
avif("mirrored.avif", RGB, quality=90, exif=turned(2))
(HERE / "heif.tsv").write_text("\n".join(rows) + "\n")
