"""What the comparison of layers prints."""

from comparison import reference
from comparison.peers import HINDSIGHT

PYTORCH = "PyTorch"
DTYPES = ("float64", "float32")


def report(result):
    """The table of milliseconds, that of ratios, then every process, in Markdown."""
    rows = result["rows"]
    several = max(r["threads"] for r in rows[0]["ms"])
    columns = columns_of([1] if several == 1 else [1, several])
    lines = [explanation(several), ""]
    lines += table([heading(*column) for column in columns], rows,
                   lambda row: [number(best(row, *column)) for column in columns])
    others = [column for column in columns if column[0] != HINDSIGHT]
    lines += ["", "The same as multiples of Hindsight's time on as many cores:", ""]
    lines += table([heading(*column) for column in others], rows,
                   lambda row: [ratio(row, *column) for column in others])
    lines += ["", "Every process, ms:", ""]
    return "\n".join(lines + details(rows))


def columns_of(counts):
    """(kind, type, threads) of each column; the reference is one for one core."""
    columns = [(reference.REFERENCE, "float64", 1)]
    for threads in counts:
        columns += [(PYTORCH, dtype, threads) for dtype in DTYPES]
        columns.append((HINDSIGHT, "float64", threads))
    return columns


def explanation(several):
    """What the numbers are."""
    text = "Milliseconds for one layer, forward and backward; medians; in float64 unless a column"
    text += " says float32. PyTorch is the best of its processes. One core: CPU time."
    return text + ("" if several == 1 else f" {several} cores: as many threads, by the clock.")


def heading(kind, dtype, threads):
    """Of a column."""
    name = f"{kind} {dtype}" if kind == PYTORCH else kind
    return f"{name}, {cores(threads)}"


def cores(threads):
    """So many, in words."""
    return "1 core" if threads == 1 else f"{threads} cores"


def table(headings, rows, cells_of):
    """A line for each layer."""
    lines = ["| layer I,H,B,T | " + " | ".join(headings) + " |", "|---" * (len(headings) + 1) + "|"]
    return lines + ["| " + " | ".join([title(row), *cells_of(row)]) + " |" for row in rows]


def number(ms):
    """A time as it is printed."""
    return "-" if ms is None else f"{ms:.2f}" if ms >= 1 else f"{ms:.3f}"


def ratio(row, kind, dtype, threads):
    """How many times as long as Hindsight the best of a kind takes."""
    ms = best(row, kind, dtype, threads)
    return "-" if ms is None else f"{ms / ours(row, threads):.2f}"


def details(rows):
    """One line per server and type, one column per layer."""
    keys = [(r["name"], r["dtype"], r["threads"]) for r in rows[0]["ms"]]
    lines = ["| | " + " | ".join(title(row) for row in rows) + " |", "|---" * (len(rows) + 1) + "|"]
    for key in keys:
        medians = [r["ms"] for row in rows for r in row["ms"]
                   if (r["name"], r["dtype"], r["threads"]) == key]
        name = f"{key[0]}, {key[1]}, {cores(key[2])}"
        lines.append(f"| {name} | " + " | ".join(map(number, medians)) + " |")
    return lines


def ours(row, threads=1):
    """Hindsight's median."""
    return best(row, HINDSIGHT, "float64", threads)


def best(row, kind, dtype, threads):
    """The least median of one kind of program; None where there is none of it."""
    return min(
        (r["ms"] for r in row["ms"]
         if (kind_of(r["name"]), r["dtype"], r["threads"]) == (kind, dtype, threads)),
        default=None,
    )


def kind_of(name):
    """The column that a server belongs to; libtorch is what PyTorch computes with."""
    if name == HINDSIGHT:
        return HINDSIGHT
    return reference.REFERENCE if reference.is_reference(name) else PYTORCH


def title(row):
    """The layer in words."""
    return f"{row['cell']} {','.join(map(str, row['shape']))}"
