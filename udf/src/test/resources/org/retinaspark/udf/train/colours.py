"""Makes colours.csv: what OpenCV makes of single colours by the distortion of
data_augment.py of biubug6/Pytorch_Retinaface, its random numbers given.

    python colours.py    (numpy 2, opencv-python-headless 4; another version may round otherwise)

Columns: brightness, contrast, saturation, hue, order, then blue, green, red before and after.
"""

import csv

import cv2
import numpy as np


def converted(levels, factor=1.0, added=0.0):
    return np.clip(levels.astype(float) * factor + added, 0, 255).astype(np.uint8)


def distorted(image, brightness, contrast, saturation, hue, order):
    image = converted(image, added=brightness)
    if order == "CONTRAST_FIRST":
        image = converted(image, factor=contrast)
    hsv = cv2.cvtColor(image, cv2.COLOR_BGR2HSV)
    hsv[:, :, 1] = converted(hsv[:, :, 1], factor=saturation)
    hsv[:, :, 0] = (hsv[:, :, 0].astype(int) + hue) % 180
    image = cv2.cvtColor(hsv, cv2.COLOR_HSV2BGR)
    if order == "CONTRAST_LAST":
        image = converted(image, factor=contrast)
    return image


random = np.random.default_rng(15)
with open("colours.csv", "w", newline="") as file:
    rows = csv.writer(file, lineterminator="\n")
    for case in range(40):
        settings = (
            float(np.float32(random.uniform(-32, 32))) if case % 2 else 0.0,
            float(np.float32(random.uniform(0.5, 1.5))) if case % 4 < 2 else 1.0,
            float(np.float32(random.uniform(0.5, 1.5))),
            int(random.integers(-18, 19)),
            ("CONTRAST_FIRST", "CONTRAST_LAST")[case // 4 % 2],
        )
        image = random.integers(0, 256, (1, 12, 3), dtype=np.uint8)
        image[0, 0] = image[0, 0, 0]  # a grey
        image[0, 1] = (0, 0, 0)
        image[0, 2] = (255, 255, 255)
        image[0, 3, 1] = image[0, 3, 2]  # two equal ones
        after = distorted(image, *settings)
        for before, colour in zip(image[0].tolist(), after[0].tolist()):
            rows.writerow([*settings, *before, *colour])
