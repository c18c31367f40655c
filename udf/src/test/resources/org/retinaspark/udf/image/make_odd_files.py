"""Makes the files that readers stumbled over: `blank_page.tif`, and `tiles.webp` with its pixels (`tiles.webp.bgr`).

    pip install numpy==2.4.6 pillow==13.0.0
    python3 make_odd_files.py

TwelveMonkeys 3.15 decodes `tiles.webp`, a lossless file, to other colours than libwebp, of which Pillow has a copy.
"""

import io
import pathlib

import numpy as np
from PIL import Image

HERE = pathlib.Path(__file__).parent

page = Image.new("1", (2400, 1600), 1)
page.putpixel((5, 5), 0)
page.save(HERE / "blank_page.tif", compression="group4")



def lossless(random):
    """A picture of tiles, some of them transparent, grey or noisy, as a file."""
    width, height = int(random.integers(1, 120)), int(random.integers(1, 120))
    count = int(random.integers(1, 300))
    colours = random.integers(0, 256, (count, 4)).astype(np.uint8)
    if random.integers(0, 2):
        colours[:, 3] = 255
    side = int(random.integers(1, 17))
    y, x = np.mgrid[0:height, 0:width]
    picture = colours[random.integers(0, count, (height // side + 1, width // side + 1))[y // side, x // side]]
    if random.integers(0, 3) == 0:
        noise = random.integers(0, int(random.integers(1, 20)), picture.shape)
        picture = np.clip(picture.astype(int) + noise, 0, 255).astype(np.uint8)
    if random.integers(0, 3) == 0:
        picture = picture[:, :, [0, 0, 0, 3]]
    stream = io.BytesIO()
    Image.fromarray(picture).save(
        stream, "WEBP", lossless=True, quality=int(random.integers(0, 101)), method=int(random.integers(0, 7)),
        exact=bool(random.integers(0, 2)))
    return stream.getvalue()


random = np.random.default_rng(5)
*_, odd = (lossless(random) for _ in range(98))
(HERE / "tiles.webp").write_bytes(odd)
pixels = np.asarray(Image.open(io.BytesIO(odd)).convert("RGB"))
(HERE / "tiles.webp.bgr").write_bytes(np.ascontiguousarray(pixels[:, :, ::-1]).tobytes())
