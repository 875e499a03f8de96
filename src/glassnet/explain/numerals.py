"""Numbers as people write them in equations."""

from __future__ import annotations

SMALL = 1e-3  # below it four decimals would say too little
LARGE = 1e6  # from it on they would say too much


def number(value: float) -> str:
    """Four decimals at most: 2.8668, 0, −0.0013; three digits of what is smaller, −1.28e−05."""
    plain = value == 0 or SMALL <= abs(value) < LARGE
    text = f"{value + 0.0:.4f}".rstrip("0").rstrip(".") if plain else f"{value:.3g}"
    return text.replace("-", "−")


def exact(value: float) -> str:
    """Six significant digits, for what is multiplied: 0.0214617."""
    return (f"{value:.6g}" if value else "0").replace("-", "−")


def bracketed(text: str) -> str:
    """A number inside a product: (−2.8715)."""
    return f"({text})" if text.startswith("−") else text
