"""The table: every program on every workload, ours at the same error beside it."""

from comparison import equal, groups

HEADINGS = ("N", "program", "setting", "error", "s", "integration s", "steps", "MB", "ours at", "error", "s", "times", "integration times")


def number(value):
    """Three digits, without a power of ten where a person would write none."""
    if value is None:
        return "-"
    if 0 < abs(value) < 1e-3:
        mantissa, exponent = f"{value:.1e}".split("e")
        return f"{mantissa}e{int(exponent)}"
    return f"{value:.3g}" if abs(value) < 1000 else f"{value:.0f}"


def rows(outcomes):
    """Rows of one workload and size: the peers' with ours of equal error, then ours at every tolerance."""
    ours = [each for each in outcomes if each.program == "neuristor" and not each.is_extra]
    result = []
    for peer in outcomes:
        if peer.program == "neuristor" or peer.is_extra:
            continue
        match = equal(peer, ours)
        result.append(left(peer) + right(peer, match))
    return result + [left(each) + ("",) * 5 for each in ours]


def left(outcome):
    return (
        str(outcome.size), outcome.program, outcome.setting, number(outcome.error), least(outcome) + number(outcome.user),
        "" if outcome.integration is None else number(outcome.integration),
        str(outcome.steps) if outcome.steps else "-", number(outcome.resident / 1024))


def right(peer, ours):
    if not peer.has_arrived and not peer.is_cut_off:
        return ("not reached", "", "", "", "")
    if ours is None:
        return ("none", "", "", "", "")
    alone = "" if peer.integration is None else number(peer.integration / ours.user)
    return (ours.setting, number(ours.error), number(ours.user), least(peer) + number(peer.user / ours.user), alone)


def least(outcome):
    """What stands before a number of which only the least is known."""
    return ">" if outcome.is_cut_off else ""


def text(workloads, outcomes):
    """Columns of equal width, for a terminal."""
    lines = []
    by_name = {each.name: each for each in workloads}
    body = {key: rows(each) for key, each in groups(outcomes).items()}
    widths = [max(map(len, column)) for column in zip(HEADINGS, *(row for each in body.values() for row in each))]
    previous = None
    for (name, _), each in body.items():
        if name != previous:
            workload = by_name[name]
            lines += ["", f"{name}: {workload.title} (error in {workload.unit})", line(HEADINGS, widths)]
            previous = name
        lines += [line(row, widths) for row in each]
    return "\n".join(lines)


def line(words, widths):
    return "  ".join(word.ljust(width) if index in (1, 2, 8) else word.rjust(width)
                     for index, (word, width) in enumerate(zip(words, widths))).rstrip()


def markdown(outcomes):
    """The rows of one workload as a table of Markdown."""
    lines = ["| " + " | ".join(HEADINGS) + " |", "|" + "---|" * len(HEADINGS)]
    for each in groups(outcomes).values():
        lines += ["| " + " | ".join(row) + " |" for row in rows(each)]
    return "\n".join(lines)
