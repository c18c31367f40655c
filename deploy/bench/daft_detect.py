"""Daft on its native runner: its listing, download and a class UDF, Parquet out.

    daft_detect.py MODEL PROTOCOL PHOTOS OUT [--instances 2] [--threads 1] [--batch 4] [--decode actor|expression]

Prints a line of JSON: seconds from the listing to the written Parquet, images, faces.

Tried on 100 photos (seconds; docs/benchmarks.md): 2 processes of 1 thread with batches of 4 8.8; of 16 10.7; decode_image with batches of
4 8.8 to 9.9, of 16 9.9, of 32 11.4; 1 process of 2 threads 22.8. The first is the default: decode_image is as fast, but its pixels
are others than OpenCV's, so that it finds 1,002 faces where all other ways find 996. max_concurrency makes processes, whatever
use_process says.
"""
import argparse
import json
import os
import pathlib
import time

import retinaface


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("model", "protocol", "photos", "out"):
        parser.add_argument(name)
    parser.add_argument("--instances", type=int, default=2, help="of the class, each a process with a session; 0: within Daft's process")
    parser.add_argument("--threads", type=int, default=1, help="of each session")
    parser.add_argument("--batch", type=int, default=4, help="rows that an instance gets at once, at most")
    parser.add_argument("--decode", choices=("actor", "expression"), default="actor", help="by OpenCV, or by Daft's decode_image")
    options = parser.parse_args()
    # Daft's worker processes look for modules there.
    os.environ["PYTHONPATH"] = str(pathlib.Path(__file__).resolve().parent)
    os.environ["DO_NOT_TRACK"] = "true"
    os.environ["DAFT_PROGRESS_BAR"] = "0"
    import daft
    from daft.functions import decode_image, download

    daft.set_runner_native()
    types = daft.DataType
    floats = types.list(types.float32())
    face = types.struct({"score": types.float32(), "box": floats, "landmarks": floats})

    @daft.cls(max_concurrency=options.instances or None, use_process=options.instances > 0)
    class Detector:
        def __init__(self, model, protocol, threads):
            self.protocol = protocol
            self.session = retinaface.open_session(model, threads)

        @daft.method.batch(return_dtype=types.list(face), batch_size=options.batch)
        def __call__(self, images):
            return [retinaface.faces(self.session, bgr(image), self.protocol) for image in images]

    def bgr(image):
        # decode_image gives RGB.
        return retinaface.decode(image) if isinstance(image, bytes) else image[:, :, ::-1]

    detector = Detector(options.model, options.protocol, options.threads)
    started = time.monotonic()
    content = download(daft.col("path"))
    image = decode_image(content) if options.decode == "expression" else content
    photos = daft.from_glob_path(f"{options.photos}/**/*.jp*g").select("path", image.alias("image"))
    photos.select("path", detector(daft.col("image")).alias("faces")).write_parquet(options.out)
    seconds = time.monotonic() - started
    print(json.dumps({"seconds": round(seconds, 3), **retinaface.counted(options.out)}))


if __name__ == "__main__":
    main()
