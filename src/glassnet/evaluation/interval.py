"""How far a share that was counted may lie from the true one."""

from __future__ import annotations

from math import sqrt

NORMAL_95 = 1.959963984540054  # 95% of a normal distribution lie within so many standard deviations


def wilson_interval(hits: float, count: int) -> tuple[float, float]:
    """The 95% interval of a share of `hits` among `count` independent trials, inside [0, 1].

    With p̂ = hits / count and z = 1.96: (p̂ + z²/2n ± z·√(p̂(1 − p̂)/n + z²/4n²)) / (1 + z²/n).
    Source: E. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 1927, equation 5.
    """
    share, z2 = hits / count, NORMAL_95**2
    middle = share + z2 / (2 * count)
    reach = NORMAL_95 * sqrt(share * (1 - share) / count + z2 / (4 * count**2))
    low, high = (middle - reach) / (1 + z2 / count), (middle + reach) / (1 + z2 / count)
    return max(0.0, min(low, share)), min(1.0, max(high, share))  # rounding must not part it from a share of 0 or 1
