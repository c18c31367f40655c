"""Makes bbox_vote_candidates.csv and bbox_vote_faces.csv, which BoxVotingTest reads: python3 bbox_vote.py

bbox_vote below is written after the method of that name of InsightFace's detection/retinaface/retinaface.py (MIT,
github.com/deepinsight/insightface, commit 1b8d928): the same steps in the same order, in numpy, with its quirk that
the last candidate of all is a face though it stands alone. RetinaSpark drops it as it drops the others, so the
candidates of the lowest scores are a pair.
"""

import numpy as np


def bbox_vote(det, threshold=0.4):
    det = det[det[:, 4].argsort(kind="stable")[::-1]]
    dets = np.zeros((0, 5))
    while len(det) > 0 and len(dets) < 750:
        area = (det[:, 2] - det[:, 0] + 1) * (det[:, 3] - det[:, 1] + 1)
        left = np.maximum(det[0, 0], det[:, 0])
        top = np.maximum(det[0, 1], det[:, 1])
        right = np.minimum(det[0, 2], det[:, 2])
        bottom = np.minimum(det[0, 3], det[:, 3])
        shared = np.maximum(0.0, right - left + 1) * np.maximum(0.0, bottom - top + 1)
        overlap = shared / (area[0] + area - shared)
        claimed = np.where(overlap >= threshold)[0]
        votes = det[claimed, :]
        det = np.delete(det, claimed, 0)
        if len(claimed) <= 1:
            if len(det) == 0:
                dets = np.vstack((dets, votes))
            continue
        face = np.zeros((1, 5))
        face[:, 0:4] = np.sum(votes[:, 0:4] * votes[:, 4:5], axis=0) / np.sum(votes[:, 4])
        face[:, 4] = np.max(votes[:, 4])
        dets = np.vstack((dets, face))
    return dets


def candidates():
    random = np.random.default_rng(13)
    rows = []
    for _ in range(60):
        side = 10 * 2 ** random.uniform(0, 4.5)
        x, y = random.uniform(0, 1000, 2)
        for _ in range(random.integers(1, 12)):
            dx, dy, dw, dh = random.normal(0, 0.12 * side, 4)
            rows.append([x + dx, y + dy, x + dx + side + dw, y + dy + side + dh, random.uniform(0.021, 1)])
    rows.append([1300, 1300, 1310, 1310, 0.0206])
    rows.append([1301, 1300, 1311, 1310, 0.0205])
    rows = np.array(rows, np.float32)
    assert len(np.unique(rows[:, 4])) == len(rows)
    return rows[random.permutation(len(rows))]


if __name__ == "__main__":
    given = candidates()
    np.savetxt("bbox_vote_candidates.csv", given, fmt="%.9g", delimiter=",")
    np.savetxt("bbox_vote_faces.csv", bbox_vote(given.astype(np.float64)), fmt="%.9g", delimiter=",")
