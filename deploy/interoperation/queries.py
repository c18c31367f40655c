"""The queries of docs/table.md, as they are written there."""

import re
from pathlib import Path

DIALECT = re.compile(r"^(--|#) (DuckDB|pandas|polars|Spark)\b")
PYTHON = ("pandas.", "polars.", "pyarrow.", "numpy.", "json.")
# A benchmark of the repository, and no query.
NO_QUERY = "deploy/bench/storage"


def blocks(page: Path) -> list[list[str]]:
    """The indented blocks of a page, cut where a comment names another reader."""
    found: list[list[str]] = []
    inside = False
    for line in page.read_text(encoding="utf-8").splitlines():
        if not line.startswith("    "):
            inside = inside and not line
            continue
        if not inside or DIALECT.match(line.strip()):
            found.append([])
        inside = True
        found[-1].append(line[4:])
    return [block for block in found if not block[0].startswith(NO_QUERY)]


def reader(block: list[str]) -> str:
    """Who runs a block: duckdb, spark or python. The documentation writes Spark's tables parquet.`...`."""
    text = "\n".join(line for line in block if not line.startswith(("--", "#")))
    if "parquet.`" in text:
        return "spark"
    if text.startswith(("SELECT", "duckdb -c")):
        return "duckdb"
    if any(module in text for module in PYTHON):
        return "python"
    raise AssertionError(f"a block of the page that no reader is known for: {text}")


def statements(block: list[str]) -> list[str]:
    """The SQL of a block, a statement each. Spark's begin with SELECT at a line's beginning; DuckDB's end with ;"""
    code = "\n".join(re.sub(r"(^|\s)-- .*", "", line) for line in block)
    shell = re.fullmatch(r'duckdb -c "(.*)"\s*', code)
    if shell:
        return [shell.group(1)]
    if reader(block) == "spark":
        return [part for part in re.split(r"(?m)^(?=SELECT)", code) if part.strip()]
    return [part for part in code.split(";") if part.strip()]
