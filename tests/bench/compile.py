"""`python -m tests.bench.compile` (`make fast`): `etl.extract` compiled by mypyc for the Python that runs this.

The compiled modules go where `etl.compiled` looks for them. Without a C compiler all stays as it is.
"""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import sysconfig
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from etl.compiled import FOLDER, GROUP, PACKAGE, ROOT, STAMP, CompiledFinder, digest_sources


def main() -> None:
    """Compiles where there is something to do and a compiler to do it, and says in a line what came of it."""
    lacking = find_lack()
    if lacking:
        print(f"Not compiled, extraction stays pure Python: {lacking}")
    elif CompiledFinder(FOLDER, ROOT).fits:
        print("Extraction is compiled already")
    else:
        print(f"Compiling {PACKAGE} takes a minute or two ...", flush=True)
        started = time.perf_counter()
        count = compile_package(FOLDER)
        print(f"Extraction is compiled: {count} modules in {time.perf_counter() - started:.0f} s")


def find_lack() -> str | None:
    """What a C compilation lacks here; None if nothing."""
    program = (os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc").split()[0]
    if not shutil.which(program):
        return f"no C compiler ({program}; on Debian: apt-get install gcc)"
    header = Path(sysconfig.get_path("include"), "Python.h")
    if not header.is_file():
        return f"no Python headers ({header}; on Debian: apt-get install python3-dev)"
    return None


def compile_package(folder: Path) -> int:
    """Fills the folder anew and gives the number of modules; the stamp comes last, so that half a build is never used."""
    digest = digest_sources()
    shutil.rmtree(folder, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix="tracker-compile-") as name, contextlib.chdir(ROOT):
        sources = [str(path) for path in sorted(Path(*PACKAGE.split(".")).rglob("*.py")) if path.name != "__init__.py"]
        modules = _generate(sources, Path(name, "generated"))
        _compile(modules, Path(name, "objects"), Path(name, "modules"))
        shutil.copytree(Path(name, "modules"), folder)
    (folder / STAMP).write_text(digest, encoding="ascii")
    return len(sources)


def _generate(sources: list[str], folder: Path) -> list[Any]:
    """The sources as C in the folder: extension modules for setuptools, the library with all the code first."""
    from mypyc.build import mypycify

    notes = io.StringIO()
    try:
        with contextlib.redirect_stdout(notes), contextlib.redirect_stderr(notes):
            modules = mypycify(
                ["--config-file=pyproject.toml", f"--cache-dir={folder}/cache", *sources],
                target_dir=str(folder),
                group_name=GROUP,
                multi_file=True,  # all code in one file would take a compiler minutes and gigabytes
                debug_level="0",
            )
    except SystemExit:
        print(notes.getvalue())
        raise
    for module in modules:
        module.extra_compile_args.append("-Wno-error")  # another compiler warns of other things
    return modules


def _compile(modules: list[Any], objects: Path, folder: Path) -> None:
    """Puts the compiled modules into a folder, each where its package would have it."""
    from setuptools import Distribution  # type: ignore[import-untyped, unused-ignore]

    command = _make_command()(Distribution({"name": GROUP, "ext_modules": modules}))
    command.build_temp, command.build_lib = str(objects), str(folder)
    command.ensure_finalized()
    command.run()


def _make_command() -> Any:
    """The command of setuptools that builds extensions, with as many compilers at a time as there are processors."""
    from setuptools.command.build_ext import build_ext  # type: ignore[import-untyped, unused-ignore]

    class BuildParallel(build_ext):  # type: ignore[misc, unused-ignore]
        def build_extensions(self) -> None:
            compile_files = self.compiler.compile

            def compile_parallel(sources: list[str], **options: Any) -> list[str]:
                with ThreadPoolExecutor(os.cpu_count()) as pool:
                    made = pool.map(lambda source: compile_files([source], **options), sources)
                    return [name for names in made for name in names]

            self.compiler.compile = compile_parallel
            super().build_extensions()

    return BuildParallel


if __name__ == "__main__":
    main()
