"""Where deploy/bench works, with which Python and build, and the photos under more names."""
import os
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TARGET = HERE / "target"
PYTHON = TARGET / "venv" / "bin" / "python"


def in_own_python(script):
    """Goes on with this script in a Python that has what requirements.txt lists, made at first use and when the list changes."""
    if pathlib.Path(sys.prefix) == PYTHON.parent.parent:
        return
    wanted, installed = HERE / "requirements.txt", TARGET / "venv" / "installed.txt"
    if not installed.exists() or installed.read_text() != wanted.read_text():
        subprocess.run([sys.executable, "-m", "venv", "--clear", TARGET / "venv"], check=True)
        subprocess.run([PYTHON, "-m", "pip", "install", "-q", "-r", wanted], check=True)
        shutil.copyfile(wanted, installed)
    os.execv(PYTHON, [str(PYTHON), str(pathlib.Path(script).resolve()), *sys.argv[1:]])


def build():
    """Builds the job and deploy/bench."""
    subprocess.run([ROOT / "bin/retinaspark", "--version"], check=True, stdout=subprocess.DEVNULL)
    # Offline, that no registry is asked at each run; what is missing is fetched once.
    command = ["mvn", "-q", "-B", "-f", ROOT / "pom.xml", "-pl", "deploy/bench", "-am", "-DskipTests", "-Dspotless.check.skip", "package"]
    if subprocess.run([*command, "-o"], stdout=subprocess.DEVNULL).returncode:
        subprocess.run(command, check=True)


def repeat(photos, times, folder):
    """The photos under so many names each, by links where the file system can."""
    for number in range(times):
        shutil.copytree(photos, folder / f"{number}", copy_function=link)
    return folder


def link(source, target):
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
