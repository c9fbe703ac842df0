"""What CI checks beside the README's commands: nox runs all, nox -s NAME one, nox -l lists them.

The Python versions are those of the classifiers in pyproject.toml, the packages those of its
groups.
"""

from __future__ import annotations

import pathlib

import nox

nox.needs_version = ">=2025.2.9"
nox.options.default_venv_backend = "uv"
nox.options.error_on_missing_interpreters = True

PROJECT = nox.project.load_toml("pyproject.toml")
PYTHONS = nox.project.python_versions(PROJECT)
OLDEST, NEWEST = PYTHONS[0], PYTHONS[-1]
ROUND_TRIP = (
    "from litrecord import parse_record, to_html; record = parse_record('<p>pmid: 7</p>');"
    "assert parse_record(to_html(record, full=True)) == record"
)
# A file's tests in one process, since examples of docs/ go on where those before them ended.
PARALLEL = ("-n", "auto", "--dist", "loadfile")
PAGE = pathlib.Path("examples", "hemifacial-spasm.txt").resolve()


def install(session: nox.Session, *groups: str, resolution: str = "highest") -> None:
    """Install the project and some groups of packages."""
    packages = nox.project.dependency_groups(PROJECT, *groups)
    session.install("--resolution", resolution, "--editable", ".", *packages)


def build_docs(session: nox.Session) -> None:
    """Build the documentation from nothing; a warning is an error."""
    target = session.create_tmp()
    session.run("sphinx-build", "-q", "-W", "--keep-going", "-E", "docs", target)


@nox.session(python=PYTHONS[1:])
def tests(session: nox.Session) -> None:
    """All tests, with the newest packages; on the oldest Python it is "coverage" that does."""
    install(session, "test")
    session.run("pytest", "-q", *PARALLEL, *session.posargs)


@nox.session(python=[OLDEST, NEWEST])
def lowest(session: nox.Session) -> None:
    """All tests, with the lower bounds of all packages that pyproject.toml names."""
    install(session, "test", resolution="lowest-direct")
    session.run("pytest", "-q", *PARALLEL, *session.posargs)


@nox.session(python=OLDEST)
def lowest_tools(session: nox.Session) -> None:
    """Types, lint, docs and gates, with the lower bounds of their packages."""
    groups = ("bench", "browser", "docs", "lint", "test", "types")
    install(session, *groups, resolution="lowest-direct")
    session.run("mypy")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    build_docs(session)
    session.run("python", "-m", "benchmarks", "--check")


@nox.session(python=OLDEST)
def thorough(session: nox.Session) -> None:
    """Every property on 10,000 examples, which takes a quarter to half an hour."""
    install(session, "test")
    session.run(
        "pytest", "-q", "-n", "auto", "-m", "hypothesis", "--hypothesis-profile", "thorough",
        "tests", *session.posargs,
    )  # fmt: skip


@nox.session(python=OLDEST)
def coverage(session: nox.Session) -> None:
    """All tests, with the newest packages; every line and branch of src and tests is run."""
    install(session, "test")
    session.run("coverage", "erase")
    session.run("coverage", "run", "-m", "pytest", "-q", *PARALLEL, "--hypothesis-seed=0")
    session.run("coverage", "combine", "-q")
    session.run("coverage", "report")


@nox.session(python=OLDEST)
def types(session: nox.Session) -> None:
    """Types of the source, the tests, and what users see."""
    install(session, "test", "bench", "browser", "types", "docs")
    session.run("mypy")


@nox.session(python=OLDEST)
def lint(session: nox.Session) -> None:
    """What the hooks of pre-commit check."""
    install(session, "lint")
    session.run("pre-commit", "run", "--all-files", "--show-diff-on-failure")


@nox.session(python=OLDEST)
def docs(session: nox.Session) -> None:
    """The documentation, built without a warning."""
    install(session, "docs")
    build_docs(session)


@nox.session(python=NEWEST)
def notebook(session: nox.Session) -> None:
    """The notebook in examples/, in a clean kernel."""
    install(session, "notebook")
    target = session.create_tmp()
    session.run(
        "jupyter", "nbconvert", "--to", "notebook", "--execute", "--output-dir", target,
        "examples/impact-classes.ipynb",
    )  # fmt: skip


@nox.session(python=OLDEST)
def browser(session: nox.Session) -> None:
    """HTML in Chromium, looked at by axe and by the Nu checker; nothing of it runs or loads."""
    install(session, "browser")
    target = session.create_tmp()
    session.run(
        "npm", "install", "--no-save", "--no-package-lock", "--ignore-scripts", "--silent",
        "--prefix", target, "axe-core@>=4.10", "vnu-jar", external=True,
    )  # fmt: skip
    packages = pathlib.Path(target, "node_modules").resolve()
    env = {
        "AXE_JS": str(packages / "axe-core" / "axe.min.js"),
        "VNU_JAR": str(packages / "vnu-jar" / "build" / "dist" / "vnu.jar"),
    }
    # The conftest.py of the root is that of the other tests, and needs their packages.
    session.run("pytest", "-q", "--confcutdir=browser", "browser", *session.posargs, env=env)


@nox.session(python=OLDEST)
@nox.parametrize("resolution", ["highest", "lowest-direct"])
def engines(session: nox.Session, resolution: str) -> None:
    """Spark and Ray on this machine give for 100,000 pages what the loop gives."""
    packages = nox.project.dependency_groups(PROJECT, "engines")
    session.install("--resolution", resolution, "--editable", ".[ray,spark]", *packages)
    # The conftest.py of the root is that of the other tests, and needs their packages.
    session.run("pytest", "-q", "--confcutdir=engines", "engines", *session.posargs)


@nox.session(python=OLDEST)
def gates(session: nox.Session) -> None:
    """Every stored page exactly, at a bounded ratio to lxml."""
    install(session, "bench")
    session.run("python", "-m", "benchmarks", "--check")


@nox.session(python=[OLDEST, NEWEST])
@nox.parametrize("kind", ["wheel", "sdist"])
def package(session: nox.Session, kind: str) -> None:
    """What would be published: built, installed alone, and run."""
    built = pathlib.Path(session.create_tmp(), kind)
    session.run("uv", "build", "-q", "--clear", f"--{kind}", "--out-dir", str(built), external=True)
    (archive,) = (path for path in built.iterdir() if path.suffix in {".whl", ".gz"})
    session.install(str(archive))
    session.chdir(built)
    session.run("litrecord", "--strict", str(PAGE), silent=True)
    session.run("python", "-W", "error", "-c", "import litrecord; print(litrecord.__version__)")
    session.run("python", "-W", "error", "-c", ROUND_TRIP)
