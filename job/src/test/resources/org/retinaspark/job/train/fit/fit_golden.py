"""Fits by numpy and scipy what the tests of job.train.fit fit; prints fit_golden.json.

Ridge regression of each anchor by lstsq on the rows with ridge rows below (the mean square of a
feature times the ridge, nothing on the bias), reduced rank by a singular value decomposition of the
fitted values themselves, and the minimum of the whole loss by scipy's L-BFGS-B at a tolerance far
below the test's. Nothing of the sums that the Java code takes is used.
"""
import json

import numpy as np
from scipy.optimize import minimize

CHANNELS, VALUES, ANCHORS, ROWS, RIDGE, K = 3, 6, 2, 60, 0.01, 2
rng = np.random.default_rng(15)
anchor = rng.integers(0, ANCHORS, ROWS)
x = np.maximum(rng.normal(size=(ROWS, CHANNELS)), 0).round(3)
y = (x @ rng.normal(size=(CHANNELS, VALUES)) + rng.normal(size=(ROWS, VALUES)) * 0.3 + 1).round(3)
face = (x[:, 0] - x[:, 1] + rng.normal(size=ROWS) * 0.7 > 0.2).astype(float)
ones = np.hstack([x, np.ones((ROWS, 1))])


def ridge(rows):
    strength = np.sqrt(RIDGE * (x[rows] ** 2).sum() / CHANNELS)
    below = np.hstack([np.eye(CHANNELS) * strength, np.zeros((CHANNELS, 1))])
    left = np.vstack([ones[rows], below])
    right = np.vstack([y[rows], np.zeros((CHANNELS, VALUES))])
    return np.linalg.lstsq(left, right, rcond=None)[0]


weights = [ridge(anchor == a) for a in range(ANCHORS)]
fitted = np.array([ones[i] @ weights[anchor[i]] for i in range(ROWS)])
mean = y.mean(0)
_, s, vt = np.linalg.svd(fitted - mean, full_matrices=False)
basis = vt[:K]
reduced = mean + (fitted - mean) @ basis.T @ basis


def whole(theta, term):
    """Mean loss, with half the ridge on weights of standardised features by each anchor's rows."""
    value, gradient = 0.0, np.zeros_like(theta)
    for a in range(ANCHORS):
        rows = anchor == a
        mu, sd = x[rows].mean(0), x[rows].std(0)
        z = np.hstack([(x[rows] - mu) / sd, np.ones((rows.sum(), 1))])
        w = theta[a]
        out = z @ w.T
        if term == "class":
            margin = out[:, 1] - out[:, 0]
            p = 1 / (1 + np.exp(-margin))
            value += (np.logaddexp(0, margin) - face[rows] * margin).sum() / ROWS
            d = np.stack([face[rows] - p, p - face[rows]], 1) / ROWS
        else:
            miss = out - y[rows][:, :4]
            small = np.abs(miss) < 1
            value += np.where(small, miss**2 / 2, np.abs(miss) - 0.5).sum() / ROWS
            d = np.where(small, miss, np.sign(miss)) / ROWS
        gradient[a] += d.T @ z
        share = rows.mean()
        value += share * 0.5 * RIDGE * (w[:, :CHANNELS] ** 2).sum()
        gradient[a][:, :CHANNELS] += share * RIDGE * w[:, :CHANNELS]
    return value, gradient


def minimum(term, values):
    shape = (ANCHORS, values, CHANNELS + 1)

    def flat(t):
        value, gradient = whole(t.reshape(shape), term)
        return value, gradient.ravel()

    options = dict(maxiter=5000, ftol=1e-16, gtol=1e-11, maxls=100)
    best = minimize(flat, np.zeros(np.prod(shape)), jac=True, method="L-BFGS-B", options=options)
    theta = best.x.reshape(shape)
    predicted = []
    for i in range(ROWS):
        rows = anchor == anchor[i]
        z = np.append((x[i] - x[rows].mean(0)) / x[rows].std(0), 1)
        predicted.append(theta[anchor[i]] @ z)
    return dict(loss=best.fun, predicted=np.array(predicted).tolist())


print(
    json.dumps(
        dict(
            ridge=RIDGE,
            coefficients=K,
            anchor=anchor.tolist(),
            face=face.tolist(),
            x=x.tolist(),
            y=y.tolist(),
            weights=[w.tolist() for w in weights],
            mean=mean.tolist(),
            basis=basis.tolist(),
            reduced=reduced.tolist(),
            share=float((s[:K] ** 2).sum() / (s**2).sum()),
            explained=float(1 - ((y - reduced) ** 2).sum() / ((y - mean) ** 2).sum()),
            classes=minimum("class", 2),
            smooth=minimum("smooth", 4),
        )
    )
)
