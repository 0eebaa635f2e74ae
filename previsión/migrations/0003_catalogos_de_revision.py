"""The motives and the parts of a Caso de Previo with which the desk starts; from here on staff edit them."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

from django.db import migrations

OPCIONES = Path(__file__).resolve().parent.parent / "catalogos" / "datos" / "revision.csv"
VIGENTE_DESDE = date(2024, 7, 1)


def cargar(apps, schema_editor):
    orden: Counter[str] = Counter()
    opciones = []
    with OPCIONES.open(encoding="utf-8", newline="") as archivo:
        for fila in csv.DictReader(archivo):
            orden[fila["catalogo"]] += 1
            opciones.append({**fila, "orden": orden[fila["catalogo"]], "vigente_desde": VIGENTE_DESDE})
    Opcion = apps.get_model("prevision", "Opcion")
    Opcion.objects.using(schema_editor.connection.alias).bulk_create([Opcion(**datos) for datos in opciones])


class Migration(migrations.Migration):
    dependencies = [("prevision", "0002_catalogos")]
    operations = [migrations.RunPython(cargar, migrations.RunPython.noop)]
