"""What the desk leaves on record is each procedure's own; causa, declarada_el and dos_anios become its data.

The three columns stay in the table, with a default and unknown to the code: the version that is still serving
reads and writes them. The release after this one drops them, once it has copied what was written meanwhile.
"""

from datetime import date

from django.db import migrations, models

LOTE = 500


def _en_lotes(apps, schema_editor, filtro):
    tabla = apps.get_model("tramites", "DatosInternos").objects.using(schema_editor.connection.alias)
    return tabla, tabla.filter(filtro).iterator(chunk_size=LOTE)


def a_datos(apps, schema_editor):
    con_algo = ~models.Q(causa="") | models.Q(declarada_el__isnull=False) | models.Q(dos_anios=True)
    tabla, filas = _en_lotes(apps, schema_editor, con_algo)
    for fila in filas:
        declarada = fila.declarada_el.isoformat() if fila.declarada_el else None
        suyos = {"causa": fila.causa, "declarada_el": declarada, "dos_anios": fila.dos_anios}
        tabla.filter(pk=fila.pk).update(datos=suyos | fila.datos)


def a_columnas(apps, schema_editor):
    tabla, filas = _en_lotes(apps, schema_editor, ~models.Q(datos={}))
    for fila in filas:
        declarada = fila.datos.get("declarada_el")
        tabla.filter(pk=fila.pk).update(
            causa=fila.datos.get("causa") or "",
            declarada_el=date.fromisoformat(declarada) if declarada else None,
            dos_anios=bool(fila.datos.get("dos_anios")),
        )


class Migration(migrations.Migration):
    dependencies = [("tramites", "0015_aviso_de_archivado")]

    operations = [
        migrations.AddField(
            "datosinternos",
            "datos",
            models.JSONField(default=dict, db_default={}, verbose_name="datos de su trámite"),
        ),
        migrations.AlterField(
            "datosinternos",
            "causa",
            models.CharField(
                blank=True,
                choices=[("ACC", "Accidente"), ("ENF", "Enfermedad")],
                db_default="",
                max_length=3,
                verbose_name="causa",
            ),
        ),
        migrations.AlterField(
            "datosinternos",
            "dos_anios",
            models.BooleanField(
                db_default=False, default=False, verbose_name="comprobé los dos años de contribución"
            ),
        ),
        migrations.RunPython(a_datos, a_columnas, elidable=True),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField("datosinternos", "causa"),
                migrations.RemoveField("datosinternos", "declarada_el"),
                migrations.RemoveField("datosinternos", "dos_anios"),
            ]
        ),
    ]
