"""What CI checks beside the README's commands, and longer checks before a release.

`nox` runs what CI runs, `nox -s NAME` one session, `nox -l` lists all of them. The Python versions
are those of the classifiers in pyproject.toml, the packages those of its groups.
"""

from __future__ import annotations

import pathlib
import subprocess

import nox

nox.needs_version = ">=2026.10.20"
nox.options.default_venv_backend = "uv"
nox.options.download_python = "never"
nox.options.error_on_missing_interpreters = True
# Several sessions at a time, most in one process, the longest first; what measures time runs alone.
nox.options.allow_parallel = True

PROJECT = nox.project.load_toml("pyproject.toml")
PYTHONS = nox.project.python_versions(PROJECT)
OLDEST, NEWEST = PYTHONS[0], PYTHONS[-1]
SYSTEM = "/usr/bin/python3"
ROUND_TRIP = (
    "from litrecord import parse_record, to_html; record = parse_record('<p>pmid: 7</p>');"
    "assert parse_record(to_html(record, full=True)) == record"
)
# The tests of a file run in one process: the examples of a page in docs/ build on each other.
PARALLEL = ("-n", "2", "--dist", "loadfile")
# Ten examples of each property: the session "properties" and the README's command look at more.
FEWEST = ("--hypothesis-profile=fewest", "--hypothesis-seed=0")
PAGE = pathlib.Path("examples", "hemifacial-spasm.txt").resolve()
FUZZ_SECONDS = 60
MOST_BYTES = 1_000_000


def version_of(python: str) -> tuple[int, ...]:
    """Return the version of a Python, or an empty tuple if there is none."""
    command = (python, "-c", "import sys; print(*sys.version_info[:3])")
    try:
        done = subprocess.run(command, capture_output=True, check=True)  # noqa: S603
    except (OSError, subprocess.CalledProcessError):
        return ()
    return tuple(map(int, done.stdout.split()))


def oldest_patch(minor: str) -> str:
    """Return the system's Python if it is an older patch release of a version, or the version."""
    its = version_of(SYSTEM)
    is_older = ".".join(map(str, its[:2])) == minor and its < version_of(f"python{minor}")
    return SYSTEM if is_older else minor


def install(session: nox.Session, *groups: str, resolution: str = "highest") -> None:
    """Install the project and some groups of packages."""
    packages = nox.project.dependency_groups(PROJECT, *groups)
    session.install("--resolution", resolution, "--editable", ".", *packages)


def build_docs(session: nox.Session) -> None:
    """Build the documentation from nothing; a warning is an error."""
    target = session.create_tmp()
    session.run("sphinx-build", "-q", "-W", "--keep-going", "-E", "docs", target)


def run_alone(session: nox.Session, folder: str, *arguments: str) -> None:
    """Run the tests of a folder, without the conftest.py of the root, which needs more packages."""
    session.run("pytest", "-q", f"--confcutdir={folder}", folder, *arguments, *session.posargs)


@nox.session(python=NEWEST)
def coverage(session: nox.Session) -> None:
    """All tests, with the newest packages; every line and branch of src and tests is run."""
    install(session, "test")
    session.run("coverage", "erase")
    session.run("coverage", "run", "-m", "pytest", "-q", *FEWEST)
    session.run("coverage", "combine", "-q")
    session.run("coverage", "report")


@nox.session(python=OLDEST)
def properties(session: nox.Session) -> None:
    """Every property on 500 examples, the same at each run."""
    install(session, "test")
    session.run("pytest", "-q", "-m", "hypothesis", "--hypothesis-profile=many", "tests")


@nox.session(python=oldest_patch(OLDEST))
def lowest(session: nox.Session) -> None:
    """All tests, with the lower bounds of all packages, on the oldest patch release there is."""
    install(session, "test", resolution="lowest-direct")
    session.run("pytest", "-q", *FEWEST, *session.posargs)


@nox.session(python=OLDEST)
def browser(session: nox.Session) -> None:
    """HTML in Chromium, looked at by axe and by the Nu checker, and drawn into tmp/pictures."""
    install(session, "browser")
    target = session.create_tmp()
    session.run(
        "npm", "install", "--no-save", "--no-package-lock", "--ignore-scripts", "--silent",
        "--prefix", target, "axe-core@>=4.10", "vnu-jar", external=True,
    )  # fmt: skip
    packages = pathlib.Path(target, "node_modules").resolve()
    session.env["AXE_JS"] = str(packages / "axe-core" / "axe.min.js")
    session.env["VNU_JAR"] = str(packages / "vnu-jar" / "build" / "dist" / "vnu.jar")
    run_alone(session, "browser")
    session.run("python", "-m", "browser.screenshots", str(pathlib.Path(target, "pictures")))


@nox.session(python=OLDEST)
def engines(session: nox.Session) -> None:
    """Spark and Ray on this machine give for 3,000 pages what the loop gives."""
    install_engines(session, "highest")
    run_alone(session, "engines", "--pages=3000")


@nox.session(python=NEWEST)
def lowest_quick(session: nox.Session) -> None:
    """All but the slow tests, with the lower bounds of the packages, on the newest Python."""
    install(session, "test", resolution="lowest-direct")
    session.run("pytest", "-q", "-m", "not slow", *FEWEST, *session.posargs)


@nox.session(python=[oldest_patch(minor) for minor in PYTHONS[1:-1]])
def quick(session: nox.Session) -> None:
    """All but the slow tests, with the newest packages, on the Python versions in between."""
    install(session, "test")
    session.run("pytest", "-q", "-m", "not slow", *FEWEST, *session.posargs)


@nox.session(python=OLDEST)
def lowest_tools(session: nox.Session) -> None:
    """Types, lint and docs, with the lower bounds of their packages."""
    groups = ("bench", "browser", "clients", "docs", "lint", "test", "types")
    install(session, *groups, resolution="lowest-direct")
    session.run("mypy")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    build_docs(session)


@nox.session(python=OLDEST)
def types(session: nox.Session) -> None:
    """Types of the source, the tests, and what users see."""
    install(session, "test", "bench", "browser", "clients", "docs", "types")
    session.run("mypy")


@nox.session(python=OLDEST)
def kills(session: nox.Session) -> None:
    """No row is lost or doubled in five runs that are killed at a random moment."""
    install(session, "bench")
    session.run("python", "-m", "benchmarks.kills", *(session.posargs or ["--trials=5"]))


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
def clients(session: nox.Session) -> None:
    """Programs that read what litrecord writes: of data frames, RDF, and reference managers."""
    install(session, "clients")
    run_alone(session, "clients")


@nox.session(python=OLDEST)
def docs(session: nox.Session) -> None:
    """The documentation, built without a warning."""
    install(session, "docs")
    build_docs(session)


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


@nox.session(python=OLDEST)
def lint(session: nox.Session) -> None:
    """What the hooks of pre-commit check."""
    install(session, "lint")
    session.run("pre-commit", "run", "--all-files", "--show-diff-on-failure")


@nox.session(python=OLDEST)
def release(session: nox.Session) -> None:
    """Two builds have the same bytes, the wheel is small, and PyPI would accept both files."""
    session.install(*nox.project.dependency_groups(PROJECT, "release"))
    folder = pathlib.Path(session.create_tmp())
    first, second = (build(session, folder / name) for name in ("first", "second"))
    if [path.read_bytes() for path in first] != [path.read_bytes() for path in second]:
        session.error("expected two builds with the same bytes, found different ones")
    (wheel,) = (path for path in first if path.suffix == ".whl")
    if wheel.stat().st_size >= MOST_BYTES:
        size = wheel.stat().st_size
        session.error(f"expected a wheel of less than {MOST_BYTES} bytes, found {size}")
    session.run("twine", "check", "--strict", *map(str, first))
    session.run("check-wheel-contents", str(wheel))


def build(session: nox.Session, folder: pathlib.Path) -> list[pathlib.Path]:
    """Build the sdist and the wheel into a folder, and return their paths."""
    session.run("uv", "build", "-q", "--clear", "--out-dir", str(folder), external=True)
    return sorted(path for path in folder.iterdir() if path.suffix in {".whl", ".gz"})


@nox.session(python=OLDEST, allow_parallel=False)
def gates(session: nox.Session) -> None:
    """Every stored page exactly, at a bounded ratio, in memory that does not grow."""
    install(session, "bench")
    session.run("python", "-m", "benchmarks", "--check")


# Before a release: each takes minutes to hours, and none is run by CI.


@nox.session(python=PYTHONS, default=False)
@nox.parametrize("resolution", ["highest", "lowest-direct"])
def tests(session: nox.Session, resolution: str) -> None:
    """All tests on every Python, with the newest packages and with their lower bounds."""
    install(session, "test", resolution=resolution)
    session.run("pytest", "-q", *PARALLEL, *session.posargs)


@nox.session(python=OLDEST, default=False)
def lowest_gates(session: nox.Session) -> None:
    """What "gates" checks, with the lower bounds of its packages."""
    install(session, "bench", resolution="lowest-direct")
    session.run("python", "-m", "benchmarks", "--check")


@nox.session(python=OLDEST, default=False)
def thorough(session: nox.Session) -> None:
    """Every property on 10,000 examples, which takes a quarter to half an hour."""
    install(session, "test")
    session.run(
        "pytest", "-q", *PARALLEL, "-m", "hypothesis", "--hypothesis-profile=thorough", "tests"
    )


@nox.session(python=OLDEST, default=False)
@nox.parametrize("resolution", ["highest", "lowest-direct"])
def all_engines(session: nox.Session, resolution: str) -> None:
    """Spark and Ray, the newest and the oldest, give for 100,000 pages what the loop gives."""
    install_engines(session, resolution)
    run_alone(session, "engines", "--pages=100000")


def install_engines(session: nox.Session, resolution: str) -> None:
    """Install the project with Spark and Ray."""
    packages = nox.project.dependency_groups(PROJECT, "engines")
    session.install("--resolution", resolution, "--editable", ".[ray,spark]", *packages)


@nox.session(python=OLDEST, default=False)
def fuzz(session: nox.Session) -> None:
    """Every target of fuzz/ for a minute; `-- SECONDS` for longer."""
    install(session, "fuzz")
    folder = pathlib.Path(session.create_tmp())
    session.run("python", "-m", "fuzz.make_corpus", str(folder / "corpus"))
    (seconds,) = session.posargs or [str(FUZZ_SECONDS)]
    for corpus in sorted((folder / "corpus").iterdir()):
        found = folder / "found" / corpus.name
        found.mkdir(parents=True, exist_ok=True)
        session.run(
            "python", "-m", "fuzz.fuzz_litrecord", corpus.name, str(found), str(corpus),
            "-dict=fuzz/dictionary.txt", "-max_len=4096", "-timeout=10", "-rss_limit_mb=2500",
            f"-max_total_time={seconds}", f"-artifact_prefix={found}/",
        )  # fmt: skip
