"""Each cause is offered once, and only where it makes sense: what is of a paper, in the documents alone."""

from django.db import migrations, models
from django.db.models import Value
from django.db.models.functions import StrIndex, Substr, Upper

# (list, code, its first name): what was general and speaks of a paper.
DE_DOCUMENTO = (
    ("caso_campo", "0.1", "TODAS LAS PÁGINAS"),
    ("caso_defecto", "0.1", "NO SE LEE."),
    ("caso_defecto", "0.3", "ES DE OTRA PERSONA."),
    ("caso_defecto", "0.4", "FALTA CARGAR."),
)
INCOMPLETO = "ESTÁ INCOMPLETO."


def ordenar(apps, schema_editor):
    opciones = apps.get_model("prevision", "Opcion").objects.using(schema_editor.connection.alias)
    for catalogo, codigo, nombre in DE_DOCUMENTO:
        suyas = opciones.filter(catalogo=catalogo, codigo=codigo)
        if suyas.filter(nombre=nombre).exists():
            suyas.update(codigo=codigo.replace("0.", "d."))
    general = opciones.filter(catalogo="caso_defecto", codigo="0.2")
    propia = opciones.filter(catalogo="caso_defecto", codigo="p1.2")
    if set(general.values_list("nombre", flat=True)) == {INCOMPLETO}:
        propia.filter(nombre=INCOMPLETO).delete()
    _quitar_repetidas(opciones)


def _quitar_repetidas(opciones):
    """Rows that say the same in the same place from the same day: the first stays; nothing points to a row."""
    vistas = set()
    for fila in opciones.order_by("pk"):
        lugar = fila.codigo[: fila.codigo.find(".") + 1]
        clave = (fila.catalogo, lugar, fila.nombre.upper(), fila.vigente_desde)
        if clave in vistas:
            fila.delete()
        vistas.add(clave)


class Migration(migrations.Migration):
    dependencies = [("prevision", "0004_razones")]

    operations = [
        migrations.RunPython(ordenar, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="opcion",
            constraint=models.UniqueConstraint(
                "catalogo",
                Substr("codigo", 1, StrIndex("codigo", Value("."))),
                Upper("nombre"),
                "vigente_desde",
                name="prevision_opcion_nombre_unico",
                violation_error_message="Ya está en la lista. Escriba otro nombre.",
            ),
        ),
    ]
