"""Drop the indexes that the newer ones replace.

SQLite alters a table by making it again, without its triggers: they are put back here, in both directions (0002, 0004).
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

DISPARADORES = [
    f"""
    CREATE TRIGGER bitacora_evento_solo_agregar_{acto} BEFORE {acto} ON bitacora_evento
    BEGIN SELECT RAISE(ABORT, 'La bitácora no se modifica ni se borra.'); END
    """
    for acto in ("UPDATE", "DELETE")
] + [
    """
    CREATE TRIGGER bitacora_evento_por_sellar AFTER INSERT ON bitacora_evento
    BEGIN INSERT OR IGNORE INTO bitacora_porsellar (evento_id) VALUES (NEW.id); END
    """
]


def poner_en_sqlite(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for sentencia in DISPARADORES:
            schema_editor.execute(sentencia, params=None)


class Migration(migrations.Migration):
    dependencies = [("bitacora", "0005_indices_de_la_busqueda")]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, poner_en_sqlite),
        migrations.AlterField(
            model_name="evento", name="tipo", field=models.CharField(max_length=40, verbose_name="tipo")
        ),
        migrations.AlterField(
            model_name="evento",
            name="actor",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="actor",
            ),
        ),
        migrations.RunPython(poner_en_sqlite, migrations.RunPython.noop),
    ]
