"""The models are light: what is heavy is loaded by the function that needs it."""

import subprocess
import sys
from pathlib import Path

SOURCES = Path(__file__).parents[2] / "src/entente/models"


def test_importing_all_models_loads_nothing_heavy():
    names = [path.stem for path in SOURCES.glob("[a-z]*.py")]
    code = (
        f"import sys; from entente.models import {', '.join(names)}; "
        "heavy = ('scipy.stats', 'scipy.optimize', 'scipy.integrate', 'scipy.sparse', "
        "'statsmodels', 'altair', 'distributed', 'dask', 'tqdm', 'matplotlib'); "
        "print([name for name in heavy if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
