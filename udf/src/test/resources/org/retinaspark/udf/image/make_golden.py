"""Makes the golden files of the decoder: small images and the pixels an independent decoder reads.

    pip install numpy opencv-python-headless pillow
    python3 make_golden.py

Writes the images, `<image>.bgr` (height x width x 3 bytes, blue green red, upright) and `golden.tsv`
(image, width, height, EXIF orientation, largest allowed mean difference of the samples). The reference is OpenCV's
imread(IMREAD_COLOR), which applies EXIF; where OpenCV and the rule of RetinaSpark differ, the
reference is the array that the image was made from, and the line says so. YCCK needs libturbojpeg.
"""

import ctypes
import io
import pathlib
import struct
import zlib

import cv2
import numpy as np
from PIL import Image, ImageCms

HERE = pathlib.Path(__file__).parent
WIDTH, HEIGHT = 37, 29
rows = []


def picture(width=WIDTH, height=HEIGHT, seed=1):
    """A smooth photo-like picture with a hard edge and some noise, BGR."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    bgr = np.stack([
        128 + 100 * np.sin(x / 5) * np.cos(y / 7),
        255 * x / max(1, width - 1),
        255 * y / max(1, height - 1),
    ], axis=-1)
    bgr[height // 3: height // 2, width // 4: width // 2] = (20, 200, 240)
    bgr += np.random.default_rng(seed).normal(0, 8, bgr.shape)
    return np.clip(bgr, 0, 255).astype(np.uint8)


PICTURE = picture()
GREY = cv2.cvtColor(PICTURE, cv2.COLOR_BGR2GRAY)
ALPHA = np.tile(np.linspace(0, 255, WIDTH).astype(np.uint8), (HEIGHT, 1))
BGRA = np.dstack([PICTURE, ALPHA])
WIDE = (PICTURE.astype(np.uint16) << 8) | PICTURE[:, :, ::-1]


def rgb(bgr):
    return np.ascontiguousarray(bgr[:, :, ::-1])


def add(name, data, orientation=1, tolerance=0, expected=None):
    (HERE / name).write_bytes(data)
    if expected is None:
        expected = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
        assert expected is not None, name
    assert expected.dtype == np.uint8 and expected.ndim == 3, name
    (HERE / (name + ".bgr")).write_bytes(expected.tobytes())
    height, width = expected.shape[:2]
    rows.append(f"{name}\t{width}\t{height}\t{orientation}\t{tolerance}")


def encode(extension, image, *options):
    done, data = cv2.imencode(extension, image, list(options))
    assert done
    return data.tobytes()


def pillow(image, kind, **options):
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def strange_profile():
    """A valid sRGB profile with red and blue swapped: whoever applies it shows wrong colours."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[24:36] = bytes(12)  # its date, so that each run writes the same files
    count, = struct.unpack_from(">I", profile, 128)
    for entry in range(132, 132 + 12 * count, 12):
        tag = bytes(profile[entry:entry + 4])
        profile[entry:entry + 4] = {b"rXYZ": b"bXYZ", b"bXYZ": b"rXYZ"}.get(tag, tag)
    return bytes(profile)


def exif(orientation):
    block = Image.Exif()
    block[0x0112] = orientation
    return block.tobytes()


# JPEG

QUALITY = (cv2.IMWRITE_JPEG_QUALITY, 85)


def subsampled(factor, image=PICTURE):
    return encode(".jpg", image, *QUALITY, cv2.IMWRITE_JPEG_SAMPLING_FACTOR, factor)


def without_jfif(jpeg, ids=(1, 2, 3)):
    """Drops the JFIF marker and renames the components, in the frame and in the scans."""
    assert jpeg[2:4] == b"\xff\xe0"
    data = bytearray(jpeg[:2] + jpeg[4 + struct.unpack(">H", jpeg[4:6])[0]:])
    position = 2
    while position < len(data):
        marker, = struct.unpack_from(">H", data, position)
        length, = struct.unpack_from(">H", data, position + 2)
        if marker == 0xFFC0:
            for i in range(3):
                data[position + 10 + 3 * i] = ids[i]
        if marker == 0xFFDA:
            for i in range(3):
                data[position + 5 + 2 * i] = ids[i]
            return bytes(data)
        position += 2 + length


def ycck(bgr):
    """Four components with Adobe's transform 2, written by TurboJPEG from inverted inks."""
    turbo = ctypes.CDLL("libturbojpeg.so.0")
    turbo.tjInitCompress.restype = ctypes.c_void_p
    handle = ctypes.c_void_p(turbo.tjInitCompress())
    inks = np.dstack([rgb(bgr), np.full(bgr.shape[:2], 200, np.uint8)]).tobytes()
    out, size = ctypes.c_void_p(), ctypes.c_ulong()
    status = turbo.tjCompress2(
        handle, inks, bgr.shape[1], 0, bgr.shape[0], 11, ctypes.byref(out), ctypes.byref(size), 2, 85, 0)
    assert status == 0
    return ctypes.string_at(out, size.value)


add("baseline_420.jpg", subsampled(cv2.IMWRITE_JPEG_SAMPLING_FACTOR_420))
add("baseline_422.jpg", subsampled(cv2.IMWRITE_JPEG_SAMPLING_FACTOR_422))
add("baseline_440.jpg", subsampled(cv2.IMWRITE_JPEG_SAMPLING_FACTOR_440))
add("baseline_411.jpg", subsampled(cv2.IMWRITE_JPEG_SAMPLING_FACTOR_411))
add("baseline_444.jpg", subsampled(cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444))
add("progressive.jpg", encode(".jpg", PICTURE, *QUALITY, cv2.IMWRITE_JPEG_PROGRESSIVE, 1))
add("restarts.jpg", encode(".jpg", PICTURE, *QUALITY, cv2.IMWRITE_JPEG_RST_INTERVAL, 2))
add("grey.jpg", encode(".jpg", GREY, *QUALITY))
add("pixel.jpg", encode(".jpg", PICTURE[:1, :1]))
add("row.jpg", encode(".jpg", PICTURE[:1]))
add("column.jpg", encode(".jpg", np.ascontiguousarray(PICTURE[:, :1])))
RGB_IMAGE = Image.fromarray(rgb(PICTURE))
add("profile.jpg", pillow(RGB_IMAGE, "JPEG", quality=85, icc_profile=strange_profile()))
add("adobe_rgb.jpg", pillow(RGB_IMAGE, "JPEG", quality=85, keep_rgb=True))
add("cmyk.jpg", pillow(RGB_IMAGE.convert("CMYK"), "JPEG", quality=85))
add("ycck.jpg", ycck(PICTURE))
FULL = subsampled(cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444)
add("unmarked_ids_123.jpg", without_jfif(FULL))
add("unmarked_ids_012.jpg", without_jfif(FULL, (0, 1, 2)))
add("unmarked_ids_rgb.jpg", without_jfif(FULL, (82, 71, 66)))
for value in range(1, 9):
    add(f"exif_{value}.jpg", pillow(RGB_IMAGE, "JPEG", quality=60, exif=exif(value)), value)

# PNG

add("rgb.png", encode(".png", PICTURE))
add("rgba.png", encode(".png", BGRA))
add("grey.png", encode(".png", GREY))
add("rgb16.png", encode(".png", WIDE), expected=(WIDE >> 8).astype(np.uint8))
add("grey16.png", encode(".png", WIDE[:, :, 1]))
add("rgba16.png", encode(".png", np.dstack([WIDE, WIDE[:, :, 0]])),
    expected=(WIDE >> 8).astype(np.uint8))
add("grey_alpha.png", pillow(Image.merge("LA", (Image.fromarray(GREY), Image.fromarray(ALPHA))), "PNG"))
PALETTE_IMAGE = RGB_IMAGE.quantize(200)
add("palette.png", pillow(PALETTE_IMAGE, "PNG"))
add("palette_transparent.png", pillow(PALETTE_IMAGE, "PNG", transparency=3))
for bits in (1, 2, 4):
    add(f"palette{bits}.png", pillow(RGB_IMAGE.quantize(1 << bits), "PNG", bits=bits))
add("profile.png", pillow(RGB_IMAGE, "PNG", icc_profile=strange_profile()))
add("exif_6.png", pillow(RGB_IMAGE, "PNG", exif=exif(6)), 6)


def png(depth, colour, data, extra=b"", width=WIDTH, height=HEIGHT, interlace=0):
    def chunk(name, payload):
        return struct.pack(">I", len(payload)) + name + payload + struct.pack(">I", zlib.crc32(name + payload))
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlace)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra
            + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b""))


def packed_grey(bits):
    levels = GREY >> (8 - bits)
    lines = b""
    for line in levels:
        text = "".join(format(level, f"0{bits}b") for level in line)
        text += "0" * (-len(text) % 8)
        lines += b"\0" + int(text, 2).to_bytes(len(text) // 8, "big")
    return lines


for bits in (1, 2, 4):
    add(f"grey{bits}.png", png(bits, 0, packed_grey(bits)))
GAMMA = struct.pack(">I", 4) + b"gAMA" + struct.pack(">I", 100000)
GAMMA += struct.pack(">I", zlib.crc32(GAMMA[4:]))
add("gamma.png", png(8, 2, b"".join(b"\0" + line.tobytes() for line in rgb(PICTURE)), GAMMA))

# BMP

add("rgb.bmp", encode(".bmp", PICTURE))
add("palette.bmp", pillow(PALETTE_IMAGE, "BMP"))
add("bilevel.bmp", pillow(RGB_IMAGE.convert("1"), "BMP"))
add("rgba.bmp", encode(".bmp", BGRA, cv2.IMWRITE_BMP_COMPRESSION, cv2.IMWRITE_BMP_COMPRESSION_RGB))


def bmp16(bgr):
    wide = bgr.astype(np.uint16) >> 3
    values = wide[:, :, 2] << 10 | wide[:, :, 1] << 5 | wide[:, :, 0]
    lines = b"".join(v.astype("<u2").tobytes().ljust((2 * WIDTH + 3) // 4 * 4, b"\0") for v in values[::-1])
    return (b"BM" + struct.pack("<IHHI", 54 + len(lines), 0, 0, 54)
            + struct.pack("<IiiHHIIiiII", 40, WIDTH, HEIGHT, 1, 16, 0, len(lines), 2835, 2835, 0, 0) + lines)


add("rgb555.bmp", bmp16(PICTURE))

# GIF

add("palette.gif", pillow(PALETTE_IMAGE, "GIF"))
add("interlaced.gif", pillow(RGB_IMAGE.quantize(8), "GIF", interlace=1))
add("animated.gif", pillow(PALETTE_IMAGE, "GIF", save_all=True,
                           append_images=[PALETTE_IMAGE.transpose(Image.Transpose.ROTATE_180)]))


def gif_part(transparent):
    """A frame of 3x2 on a screen of 8x6 with a background colour."""
    part = Image.fromarray(np.array([[1, 2, 1], [2, 0, 3]], np.uint8), "P")
    part.putpalette([10, 20, 30, 200, 0, 0, 0, 200, 0, 0, 0, 200])
    data = pillow(part, "GIF")
    table = 13 + 3 * (2 << (data[10] & 7))
    frame = bytearray(data[data.index(b"\x2c", table):])
    struct.pack_into("<HH", frame, 1, 2, 1)
    header = bytearray(data[:table])
    struct.pack_into("<HH", header, 6, 8, 6)
    header[11] = 3
    control = bytes([0x21, 0xF9, 4, 1, 0, 0, 1, 0]) if transparent else b""
    return bytes(header) + control + bytes(frame)


add("part.gif", gif_part(False))
add("part_transparent.gif", gif_part(True))

# TIFF

TIFF_NONE, TIFF_LZW, TIFF_DEFLATE = 1, 5, 32946
for label, compression in (("none", TIFF_NONE), ("lzw", TIFF_LZW), ("deflate", TIFF_DEFLATE)):
    add(f"rgb_{label}.tif", encode(".tif", PICTURE, cv2.IMWRITE_TIFF_COMPRESSION, compression))
# libtiff rounds 16 bits where RetinaSpark cuts them, as OpenCV does for PNG.
add("rgb16.tif", encode(".tif", WIDE, cv2.IMWRITE_TIFF_COMPRESSION, TIFF_LZW),
    expected=(WIDE >> 8).astype(np.uint8))
add("grey16.tif", encode(".tif", WIDE[:, :, 1], cv2.IMWRITE_TIFF_COMPRESSION, TIFF_LZW),
    expected=cv2.merge([(WIDE[:, :, 1] >> 8).astype(np.uint8)] * 3))
add("grey.tif", pillow(Image.fromarray(GREY), "TIFF", compression="tiff_lzw"))
add("bilevel.tif", pillow(RGB_IMAGE.convert("1"), "TIFF", compression="group4"))
add("palette.tif", pillow(PALETTE_IMAGE, "TIFF", compression="tiff_lzw"))
add("cmyk.tif", pillow(RGB_IMAGE.convert("CMYK"), "TIFF", compression="tiff_lzw"))
# OpenCV multiplies by alpha; RetinaSpark drops it, as OpenCV does for PNG.
add("rgba.tif", pillow(Image.fromarray(np.dstack([rgb(PICTURE), ALPHA])), "TIFF", compression="tiff_lzw"),
    expected=PICTURE)
add("profile.tif", pillow(RGB_IMAGE, "TIFF", compression="tiff_lzw", icc_profile=strange_profile()))
for value in (3, 6):
    turned = {3: cv2.ROTATE_180, 6: cv2.ROTATE_90_CLOCKWISE}[value]
    add(f"exif_{value}.tif", pillow(RGB_IMAGE, "TIFF", compression="tiff_lzw", tiffinfo={0x0112: value}), value,
        expected=cv2.rotate(PICTURE, turned))

# WebP. TwelveMonkeys 3.15 repeats the chroma of lossy files where libwebp smooths it ("fancy upsampling"), and its
# loop filter is not quite libwebp's: on photos samples differ by 0.4 to 1.5 levels on average and by up to 80 at
# coloured edges. This picture has little but coloured edges and noise; grey shows what else differs.

LOSSY_TOLERANCE = 4.5
LOSSY_GREY_TOLERANCE = 0.05
LOSSY_COARSE_TOLERANCE = 0.6
add("lossless.webp", pillow(RGB_IMAGE, "WEBP", lossless=True, exact=True))
add("lossless_alpha.webp", pillow(Image.fromarray(np.dstack([rgb(PICTURE), ALPHA])), "WEBP", lossless=True, exact=True),
    expected=PICTURE)
add("lossy.webp", pillow(RGB_IMAGE, "WEBP", quality=85), tolerance=LOSSY_TOLERANCE)
add("lossy_alpha.webp", pillow(Image.fromarray(np.dstack([rgb(PICTURE), ALPHA])), "WEBP", quality=85, exact=True),
    tolerance=LOSSY_TOLERANCE)
add("lossy_grey.webp", pillow(Image.fromarray(GREY), "WEBP", quality=85), tolerance=LOSSY_GREY_TOLERANCE)
# Large and coarse enough for errors of prediction to add up: TwelveMonkeys up to 3.12 was 3.5 levels off.
COARSE = cv2.GaussianBlur(cv2.cvtColor(picture(120, 96), cv2.COLOR_BGR2GRAY), (0, 0), 1)
add("lossy_coarse.webp", pillow(Image.fromarray(COARSE), "WEBP", quality=20), tolerance=LOSSY_COARSE_TOLERANCE)
add("profile.webp", pillow(RGB_IMAGE, "WEBP", lossless=True, exact=True, icc_profile=strange_profile()))
add("exif_6.webp", pillow(RGB_IMAGE, "WEBP", lossless=True, exact=True, exif=exif(6)), 6)
add("animated.webp", pillow(RGB_IMAGE, "WEBP", save_all=True, lossless=True, exact=True,
                            append_images=[RGB_IMAGE.transpose(Image.Transpose.ROTATE_180)]))

(HERE / "golden.tsv").write_text("\n".join(rows) + "\n")
