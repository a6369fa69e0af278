"""Figures of many measurements."""


def percentile(values, share):
    """The value below which this share of the values lies (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def line(name, values):
    """One line with the usual percentiles of seconds, in milliseconds."""
    if not values:
        return f'{name}: nothing measured'
    shown = ((0.5, 'p50'), (0.9, 'p90'), (0.99, 'p99'), (1.0, 'max'))
    figures = '  '.join(f'{label} {percentile(values, share) * 1000:.2f}' for share, label in shown)
    return f'{name} (ms, {len(values)} calls): {figures}'
