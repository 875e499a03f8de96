"""The product of matrices, out of tiles."""

from __future__ import annotations

from glassnet.engines.cpu.blocks.tile import LANES, MOST_ROWS, tile

ROWS = MOST_ROWS[2]
BYTES = 4


def product(a, row_a, k_a, outer_a, b, k_b, outer_b, inner, outer, init, row_init, c, row_c, rows, columns, floor):
    """C[r, v] = max(init[r, v] + Σᵢ Σₖ A[i, r, k]·B[i, k, v], floor), with i < outer, k < inner.

    a, b, init, c are addresses; strides count numbers: row_a from row to row of A, k_a along k, outer_a along i. The
    columns of B, init and C lie side by side. The sum of each element runs in the order of i and k whatever the tile.
    """
    tiles = -(-rows // ROWS)
    height = -(-rows // tiles)  # tiles of one height, the last one shifted back over the one before
    for column in range(0, columns, 2 * LANES):
        vectors = min(2, -(-(columns - column) // LANES))
        width = min(LANES, columns - column - (vectors - 1) * LANES)
        for k in range(tiles):
            start = min(k * height, rows - height)
            tile(
                height, vectors,
                a + BYTES * start * row_a, row_a, k_a, outer_a,
                b + BYTES * column, k_b, outer_b, inner, outer,
                init + BYTES * (start * row_init + column), row_init,
                c + BYTES * (start * row_c + column), row_c, k * height - start, width, floor,
            )  # fmt: skip
