"""What the desk composes a previo of in a jubilación; from here on staff edit the rows, never the file."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

from django.db import migrations

CLAVE = "jubilacion"
CASOS = Path(__file__).resolve().parent.parent / "pensiones" / CLAVE / "casos.csv"
# That of every row that the portal brought (0006).
VIGENTE_DESDE = date(2024, 7, 1)


def cargar(apps, schema_editor):
    tabla = apps.get_model("prevision", "Opcion")
    orden: Counter[str] = Counter()
    filas = []
    with CASOS.open(encoding="utf-8", newline="") as archivo:
        for fila in csv.DictReader(archivo):
            orden[fila["lista"]] += 1
            datos = {
                "catalogo": f"{fila['lista']}:{CLAVE}",
                "codigo": fila["codigo"],
                "nombre": fila["nombre"],
            }
            filas.append(tabla(**datos, orden=orden[fila["lista"]], vigente_desde=VIGENTE_DESDE))
    tabla.objects.using(schema_editor.connection.alias).bulk_create(filas)


def quitar(apps, schema_editor):
    opciones = apps.get_model("prevision", "Opcion").objects.using(schema_editor.connection.alias)
    opciones.filter(catalogo__startswith="caso_", catalogo__endswith=f":{CLAVE}").delete()


class Migration(migrations.Migration):
    dependencies = [("prevision", "0006_casos_de_cada_tramite")]
    operations = [migrations.RunPython(cargar, quitar)]
