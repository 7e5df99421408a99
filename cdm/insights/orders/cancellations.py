"""Which sale lines a later return takes back in full."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


def cancelled(
    customer: Ints, product: Ints, price: Floats, quantity: Floats, time: Ints
) -> npt.NDArray[np.bool_]:
    """A flag per line. A return cancels the latest earlier sale of the same product, price and number."""
    flags = np.zeros(len(customer), dtype=np.bool_)
    number = customer * (int(product.max(initial=0)) + 1) + product
    may = np.isin(number, number[quantity < 0])
    lines = np.flatnonzero(may)
    lines = lines[np.lexsort((quantity[lines] < 0, time[lines]))]
    open_sales: dict[tuple[int, float, float], list[int]] = {}
    for line, key, cost, pieces in zip(
        lines.tolist(), number[lines].tolist(), price[lines].tolist(), quantity[lines].tolist(), strict=True
    ):
        waiting = open_sales.setdefault((key, cost, abs(pieces)), [])
        if pieces > 0:
            waiting.append(line)
        elif waiting:
            flags[waiting.pop()] = True
    return flags
