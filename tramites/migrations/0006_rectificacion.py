"""What the owner asks to have put right in what was already sent."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tramites", "0005_justificacion"),
    ]

    operations = [
        migrations.CreateModel(
            name="Rectificacion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ficha", models.UUIDField(editable=False, unique=True)),
                ("texto", models.TextField()),
                ("pedida_en", models.DateTimeField()),
                ("responder_antes_de", models.DateField()),
                (
                    "gestion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rectificaciones",
                        to="tramites.gestion",
                    ),
                ),
            ],
            options={
                "verbose_name": "petición de rectificación",
                "verbose_name_plural": "peticiones de rectificación",
                "ordering": ["-pedida_en"],
            },
        ),
    ]
