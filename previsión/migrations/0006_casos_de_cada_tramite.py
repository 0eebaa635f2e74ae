"""The parts of a case that are of a place are Invalidez's, the only procedure when they were written.

What the portal brought as general stays common; what administración added, general or not, stays in Invalidez.
"""

from datetime import date

from django.db import migrations

LISTAS = ("caso_documento", "caso_campo", "caso_defecto")
GENERALES = ("0", "d", "p")
# The day of what the portal brought (0003): administración adds nothing backwards.
DEL_PORTAL = date(2024, 7, 1)


def repartir(apps, schema_editor):
    opciones = apps.get_model("prevision", "Opcion").objects.using(schema_editor.connection.alias)
    for lista in LISTAS:
        traidos = opciones.filter(catalogo=lista, vigente_desde=DEL_PORTAL).values_list("codigo", flat=True)
        comunes = [codigo for codigo in traidos if codigo.partition(".")[0] in GENERALES]
        opciones.filter(catalogo=lista).exclude(codigo__in=comunes).update(catalogo=f"{lista}:invalidez")


def reunir(apps, schema_editor):
    opciones = apps.get_model("prevision", "Opcion").objects.using(schema_editor.connection.alias)
    for lista in LISTAS:
        opciones.filter(catalogo=f"{lista}:invalidez").update(catalogo=lista)


class Migration(migrations.Migration):
    dependencies = [("prevision", "0005_cada_causa_una_vez")]
    operations = [migrations.RunPython(repartir, reunir)]
