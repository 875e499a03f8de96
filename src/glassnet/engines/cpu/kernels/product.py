"""The product of matrices, out of tiles."""

from __future__ import annotations

from glassnet.engines.cpu.blocks.tile import HEIGHTS, MOST_VECTORS, WIDE, tile, tile_of_pairs
from glassnet.engines.cpu.blocks.vectors import BYTES, LANES

BEGINNING = 3  # rows
MOST = 64  # rows from which the height of the tiles makes no difference any more


def best_height(rows: int, heights: tuple[int, ...]) -> int:
    """The height of the tiles that cost least: to begin and to end one takes as long as some rows."""
    possible = [height for height in heights if height <= rows]
    return min(possible, key=lambda height: -(-rows // height) * (height + BEGINNING), default=1)


BEST = tuple(tuple(best_height(rows, HEIGHTS[v]) for rows in range(MOST + 1)) for v in HEIGHTS)


def _product(tile):
    """The product out of tiles of this kind."""

    def product(a, row_a, k_a, outer_a, b, k_b, outer_b, inner, outer, init, row_init, c, row_c, rows, columns, floor):
        """C[r, v] = max(init[r, v] + Σᵢ Σₖ A[i, r, k]·B[i, k, v], floor), with i < outer, k < inner.

        a, b, init, c are addresses; strides count numbers: row_a from row to row of A, k_a along k, outer_a along i.
        The columns of B, init and C lie side by side. The sum of each element runs in the order of i and k whatever
        the tile. Of pairs in bf16 one stands where a number of float32 would.
        """
        column = 0
        while column < columns:
            left = -(-(columns - column) // LANES)
            vectors = WIDE if rows == 1 and left >= WIDE else min(MOST_VECTORS, left)
            width = min(LANES, columns - column - (vectors - 1) * LANES)
            height = 1 if rows == 1 else BEST[vectors - 1][min(rows, MOST)]
            for k in range(-(-rows // height)):
                start = min(k * height, rows - height)  # the last tile is shifted back over the one before
                tile(
                    height, vectors,
                    a + BYTES * start * row_a, row_a, k_a, outer_a,
                    b + BYTES * column, k_b, outer_b, inner, outer,
                    init + BYTES * (start * row_init + column), row_init,
                    c + BYTES * (start * row_c + column), row_c, k * height - start, width, floor,
                )  # fmt: skip
            column += vectors * LANES

    return product


product, product_of_pairs = _product(tile), _product(tile_of_pairs)
