"""Every column that holds an address refuses one that is not in normal form, whoever writes it."""

import importlib

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from cuentas.acciones.registrar import registrar
from cuentas.models import CampoBuzon, Registro, Usuario
from notificaciones.models import Correo
from tests.cuentas.test_registro import datos_de_registro
from tests.fabricas import CiudadanoFactory, CorreoFactory

pytestmark = pytest.mark.django_db

MIGRACIONES = (
    "cuentas.migrations.0009_correos_en_forma_normal",
    "notificaciones.migrations.0004_correo_en_forma_normal",
)
RAROS = ["Ana@demo.gt", "ana@DEMO.gt", " ana@demo.gt", "ana@demo.gt "]


def fila(columna: models.Field) -> models.Model:
    """A row of its table."""
    persona = CiudadanoFactory(email="ana@demo.gt")
    match columna.model:
        case modelo if modelo is Usuario:
            return persona
        case modelo if modelo is Registro:
            return registrar(**datos_de_registro())
        case modelo if modelo is Correo:
            return CorreoFactory(destinatario=persona)
        case modelo if modelo is EmailAddress:
            return EmailAddress.objects.create(user=persona, email=persona.email)
    raise LookupError(f"{columna.model.__name__} tiene un correo y no está aquí.")


COLUMNAS = [
    Usuario._meta.get_field("usuario"),  # the staff sign in with theirs
    *(c for m in apps.get_models() for c in m._meta.concrete_fields if isinstance(c, models.EmailField)),
]


def a_mano(donde: models.Model, columna: models.Field, valor: str) -> None:
    """Past fields and forms, as a script would."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {donde._meta.db_table} SET {columna.column} = %s WHERE {donde._meta.pk.column} = %s",
            [valor, donde._meta.pk.get_db_prep_value(donde.pk, connection)],
        )


@pytest.mark.parametrize("columna", COLUMNAS, ids=str)
def test_la_base_rehusa_un_correo_mal_escrito(columna):
    """Decision 26; a new column that holds one is asked for here."""
    donde = fila(columna)
    a_mano(donde, columna, "otra@demo.gt")
    for raro in RAROS:
        with pytest.raises(IntegrityError), transaction.atomic():
            a_mano(donde, columna, raro)


@pytest.mark.parametrize("columna", [c for c in COLUMNAS if isinstance(c, CampoBuzon)], ids=str)
def test_lo_que_se_guarda_llega_en_su_forma(columna):
    """However a row is written by the portal, one by one or many."""
    donde = fila(columna)
    setattr(donde, columna.attname, " ANA@mañana.gt.")
    type(donde).objects.bulk_update([donde], [columna.attname])
    donde.save()
    donde.refresh_from_db()
    assert getattr(donde, columna.attname) == "ana@xn--maana-pta.gt"


@pytest.fixture
def sin_reglas():
    """As before the migrations: the database says nothing."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
            yield
            cursor.execute("PRAGMA ignore_check_constraints = OFF")
            return
        for tabla, regla in (
            ("cuentas_usuario", "cuentas_usuario_correo_normal"),
            ("account_emailaddress", "cuentas_direccion_correo_normal"),
            ("notificaciones_correo", "notificaciones_correo_para_normal"),
        ):
            cursor.execute(f"ALTER TABLE {tabla} DROP CONSTRAINT {regla}")
        yield


def test_lo_de_antes_queda_en_su_forma_y_nada_se_pierde(sin_reglas):
    """The migrations: what one person had twice is once."""
    persona = CiudadanoFactory(email="ana@demo.gt")
    correo = CorreoFactory(destinatario=persona)
    buena, otra, repetida = (
        EmailAddress.objects.create(user=persona, email=e)
        for e in ("ana@demo.gt", "otra@demo.gt", "tercera@demo.gt")
    )
    a_mano(persona, Usuario._meta.get_field("email"), " ANA@demo.gt")
    a_mano(correo, Correo._meta.get_field("para"), "ANA@demo.gt")
    a_mano(otra, EmailAddress._meta.get_field("email"), "Otra@demo.gt")
    a_mano(repetida, EmailAddress._meta.get_field("email"), "ANA@demo.gt")
    for modulo in MIGRACIONES:
        importlib.import_module(modulo).normalizar(apps, None)
    assert Usuario.objects.values_list("email", flat=True).get(pk=persona.pk) == "ana@demo.gt"
    assert Correo.objects.values_list("para", flat=True).get(pk=correo.pk) == "ana@demo.gt"
    quedan = EmailAddress.objects.order_by("pk").values_list("pk", "email")
    assert list(quedan) == [(buena.pk, "ana@demo.gt"), (otra.pk, "otra@demo.gt")]
