import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """`archivo` is a file, archiving is `archivado`: the model's name alone changes, the table's does not."""

    dependencies = [
        ("tramites", "0014_sin_los_indices_de_antes"),
    ]

    operations = [
        migrations.AlterModelTable("AvisoArchivo", "tramites_avisoarchivo"),
        migrations.RenameModel("AvisoArchivo", "AvisoDeArchivado"),
        migrations.AlterModelOptions("AvisoDeArchivado", {"verbose_name": "aviso de archivado"}),
        migrations.AlterField(
            "AvisoDeArchivado",
            "gestion",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="avisos_de_archivado",
                to="tramites.gestion",
            ),
        ),
    ]
