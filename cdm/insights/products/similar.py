"""Which products go together: EASE where the catalogue is small enough, nearest neighbours beyond.

EASE: Steck, "Embarrassingly Shallow Autoencoders for Sparse Data" (2019).
"""

from __future__ import annotations

import numpy as np
from scipy.linalg.lapack import dpotrf, dpotri
from scipy.sparse import csc_matrix, csr_matrix, diags, hstack

from cdm.insights.orders.book import Floats

LARGEST_FOR_EASE = 5_000
RIDGE = 300.0
NEIGHBOURS = 20
_BLOCK = 500


def product_weights(table: csr_matrix, *, largest_for_ease: int = LARGEST_FOR_EASE) -> Floats | csr_matrix:
    """W, so that the row of a customer times W scores every product for them."""
    if table.shape[1] <= largest_for_ease:
        return ease(table)
    return neighbours(table)


def ease(table: csr_matrix, *, ridge: float = RIDGE) -> Floats:
    """One ridge inverse of the counts of buying both; the diagonal is 0, so no product recommends itself."""
    counts = (table.T @ table).toarray()
    counts[np.diag_indices_from(counts)] += ridge
    factor, _ = dpotrf(counts, lower=True, overwrite_a=True)
    half, _ = dpotri(factor, lower=True, overwrite_c=True)
    inverse = np.tril(half) + np.tril(half, -1).T
    weights = inverse / -np.diag(inverse)
    np.fill_diagonal(weights, 0.0)
    return np.asarray(weights, dtype=np.float64)


def neighbours(table: csr_matrix, *, number: int = NEIGHBOURS) -> csr_matrix:
    """Cosine over customers, the nearest few of each product kept."""
    buyers = np.asarray(table.sum(axis=0)).ravel()
    scale = diags(1 / np.sqrt(np.maximum(buyers, 1)))
    unit = (table @ scale).tocsc()
    blocks = [_nearest(unit, start, number) for start in range(0, table.shape[1], _BLOCK)]
    return hstack(blocks).tocsr()


def _nearest(unit: csc_matrix, start: int, number: int) -> csc_matrix:
    block = (unit.T @ unit[:, start : start + _BLOCK]).tocsc()
    for column in range(block.shape[1]):
        own = slice(block.indptr[column], block.indptr[column + 1])
        values = block.data[own]
        values[block.indices[own] == start + column] = 0
        if len(values) > number:
            values[values < np.partition(values, -number)[-number]] = 0
    block.eliminate_zeros()
    return block
