import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Departamento",
            fields=[
                (
                    "codigo",
                    models.CharField(
                        max_length=2,
                        primary_key=True,
                        serialize=False,
                        validators=[
                            django.core.validators.RegexValidator("\\A[0-9]{2}\\Z", "Escriba 2 números.")
                        ],
                        verbose_name="código",
                    ),
                ),
                ("nombre", models.CharField(max_length=60, unique=True, verbose_name="nombre")),
            ],
            options={
                "verbose_name": "departamento",
                "verbose_name_plural": "departamentos",
                "ordering": ["codigo"],
            },
        ),
        migrations.CreateModel(
            name="Municipio",
            fields=[
                (
                    "codigo",
                    models.CharField(
                        help_text="Los últimos cuatro números del CUI: departamento y municipio.",
                        max_length=4,
                        primary_key=True,
                        serialize=False,
                        validators=[
                            django.core.validators.RegexValidator("\\A[0-9]{4}\\Z", "Escriba 4 números.")
                        ],
                        verbose_name="código",
                    ),
                ),
                ("nombre", models.CharField(max_length=60, verbose_name="nombre")),
                ("vigente", models.BooleanField(default=True, verbose_name="vigente")),
                (
                    "departamento",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="municipios",
                        to="territorio.departamento",
                        verbose_name="departamento",
                    ),
                ),
            ],
            options={
                "verbose_name": "municipio",
                "verbose_name_plural": "municipios",
                "ordering": ["codigo"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("codigo__startswith", models.F("departamento"))),
                        name="territorio_municipio_en_su_departamento",
                        violation_error_message="El código debe empezar con el de su departamento.",
                    )
                ],
            },
        ),
    ]
