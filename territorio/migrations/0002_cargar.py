"""Load the 22 departments and 340 municipalities.

Later changes of the territory are rows that staff add, or a migration of their own: this file's data is as
of November 2026 (INE 2022 and MINFIN, which agree code by code).
"""

import csv
from pathlib import Path

from django.db import migrations

DATOS = Path(__file__).resolve().parent.parent / "datos" / "departamentos_municipios.csv"


def cargar(apps, schema_editor):
    with DATOS.open(encoding="utf-8", newline="") as archivo:
        filas = list(csv.DictReader(archivo))
    nombres = {fila["departamento_codigo"]: fila["departamento"] for fila in filas}
    Departamento = apps.get_model("territorio", "Departamento")
    Municipio = apps.get_model("territorio", "Municipio")
    base = schema_editor.connection.alias
    # Conflicts are ignored so that going back and forth keeps what staff wrote.
    Departamento.objects.using(base).bulk_create(
        [Departamento(codigo=codigo, nombre=nombre) for codigo, nombre in nombres.items()],
        ignore_conflicts=True,
    )
    Municipio.objects.using(base).bulk_create(
        [
            Municipio(
                codigo=fila["municipio_codigo"],
                nombre=fila["municipio"],
                departamento_id=fila["departamento_codigo"],
            )
            for fila in filas
        ],
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [("territorio", "0001_initial")]

    operations = [migrations.RunPython(cargar, migrations.RunPython.noop)]
