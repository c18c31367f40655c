"""Ray Data as its guide to batch inference has it: a class, map_batches over a pool of actors, Parquet out.

    ray_detect.py MODEL PROTOCOL PHOTOS OUT [--actors 2] [--threads 1] [--batch 4] [--decode actor|map|read] [--rows 100]

Prints a line of JSON: seconds from the listing to the written Parquet (not Ray's own start), images, faces. Ray has two CPUs and
an object store of 1 GiB. The actors take 0.9 of a CPU each, since reading and writing are tasks that need a CPU too: with a
whole one an actor nothing would be read.

Tried on 100 photos (seconds; docs/benchmarks.md): 2 actors of 1 thread with batches of 4 15.4; of 16 25.4; of 32 22.4; 1 actor of 2
threads 28.5; decoded in a map before 27.6; by read_images 25.9; 24 blocks 18.7; as the first, with 100 rows a file at least, 10.3. The last is the default.
"""
import argparse
import json
import logging
import os
import shutil
import tempfile
import time

import pyarrow

import retinaface

FLOATS = pyarrow.list_(pyarrow.float32())
FACE = pyarrow.struct([("score", pyarrow.float32()), ("box", FLOATS), ("landmarks", FLOATS)])
SCHEMA = pyarrow.schema([("path", pyarrow.string()), ("faces", pyarrow.list_(FACE))])
CORES = 2
STORE = 1 << 30
ACTORS_SHARE = 0.9
TASK_SHARE = 0.1


class Detector:
    """An actor: one session for all of its batches."""

    def __init__(self, model, protocol, threads):
        self.protocol = protocol
        self.session = retinaface.open_session(model, threads)

    def __call__(self, batch):
        images = (retinaface.decode(content) for content in batch["bytes"]) if "bytes" in batch else map(bgr, batch["image"])
        found = [retinaface.faces(self.session, image, self.protocol) for image in images]
        return pyarrow.table([list(batch["path"]), found], schema=SCHEMA)


def decoded(row):
    """The pixels as Ray's own read_images has them, RGB, but decoded by OpenCV."""
    return {"path": row["path"], "image": retinaface.decode(row["bytes"])[:, :, ::-1]}


def bgr(image):
    return image[:, :, ::-1]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("model", "protocol", "photos", "out"):
        parser.add_argument(name)
    parser.add_argument("--actors", type=int, default=2)
    parser.add_argument("--threads", type=int, default=1, help="of each session")
    parser.add_argument("--batch", type=int, default=4, help="rows that an actor gets at once")
    parser.add_argument("--decode", choices=("actor", "map", "read"), default="actor", help="read: read_images, which wants Pillow")
    parser.add_argument("--rows", type=int, default=100, help="at least so many in a file of Parquet, so that fewer tasks write")
    options = parser.parse_args()
    # Read when Ray is imported.
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    import ray

    ray.data.DataContext.get_current().enable_progress_bars = False
    # Sockets lie there, whose paths must be short.
    folder = tempfile.mkdtemp(prefix="ray", dir="/tmp")
    ray.init(
        num_cpus=CORES,
        object_store_memory=STORE,
        include_dashboard=False,
        log_to_driver=False,
        logging_level=logging.ERROR,
        _temp_dir=folder,
    )
    started = time.monotonic()
    read = ray.data.read_images if options.decode == "read" else ray.data.read_binary_files
    photos = read(options.photos, include_paths=True, num_cpus=TASK_SHARE)
    if options.decode == "map":
        photos = photos.map(decoded, num_cpus=TASK_SHARE)
    found = photos.map_batches(
        Detector,
        fn_constructor_args=(options.model, options.protocol, options.threads),
        batch_size=options.batch,
        batch_format="numpy",
        num_cpus=ACTORS_SHARE * CORES / options.actors,
        compute=ray.data.ActorPoolStrategy(size=options.actors),
    )
    found.write_parquet(options.out, min_rows_per_file=options.rows, ray_remote_args={"num_cpus": TASK_SHARE})
    seconds = time.monotonic() - started
    ray.shutdown()
    shutil.rmtree(folder, ignore_errors=True)
    print(json.dumps({"seconds": round(seconds, 3), **retinaface.counted(options.out)}))


if __name__ == "__main__":
    main()
