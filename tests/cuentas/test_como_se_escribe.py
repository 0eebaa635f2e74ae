"""One person is one account and one password, whatever keyboard typed them; nobody of before is shut out."""

import importlib
import unicodedata

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.auth.hashers import PBKDF2PasswordHasher, make_password
from django.db import IntegrityError, transaction

from cuentas.claves import ClaveNormal, normal
from cuentas.models import Usuario
from tests.cuentas.conftest import CLAVE, CUI, dentro, ingresar
from tests.cuentas.test_registro import enviar
from tests.fabricas import CiudadanoFactory

pytestmark = pytest.mark.django_db

BUZON = "ana@xn--maana-pta.gt"
ESCRITURAS = [
    "ANA@MAÑANA.GT",
    "ana@man\u0303ana.gt.",
    "an\u200ba@xn--MAANA-pta.gt",
    "ａｎａ＠mañana.gt\ufeff",
]
DIFICIL = "Añoñé el 5º «jardín» ﬁn"


@pytest.mark.parametrize("correo", ESCRITURAS)
def test_un_buzon_es_una_cuenta_se_escriba_como_se_escriba(client, correo):
    """Decision 4: registering, signing in, the database."""
    CiudadanoFactory(email="ana@mañana.gt")
    enviar(client, correo=correo)
    assert list(Usuario.objects.values_list("email", flat=True)) == [BUZON]
    assert Usuario.objects.filter(email=correo).exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        CiudadanoFactory(email=correo)


@pytest.mark.parametrize(
    "login", [*ESCRITURAS, "１６００ 32547–0202", "1600\u00a03254\u200b7 0202", "١٦٠٠٣٢٥٤٧٠٢٠٢"]
)
def test_se_ingresa_como_se_teclee(client, con_cuenta, login):
    con_cuenta(cui=CUI, email=BUZON)
    ingresar(client, login)
    assert dentro(client)


@pytest.mark.parametrize(
    "tecleada",
    [
        unicodedata.normalize("NFD", DIFICIL),
        unicodedata.normalize("NFKC", DIFICIL),
        DIFICIL.replace(" ", "\u00a0"),
        f"\ufeff{DIFICIL}\u200b",
        "Ａ" + DIFICIL[1:],
    ],
    ids=ascii,
)
def test_la_contrasena_es_la_misma_en_cualquier_teclado(client, con_cuenta, tecleada):
    """NIST SP 800-63B: NFKC before hashing."""
    con_cuenta(cui=CUI, clave=DIFICIL)
    ingresar(client, CUI, tecleada)
    assert dentro(client)


def test_la_contrasena_de_antes_entra_como_se_tecleo_y_queda_en_su_forma_normal(client, con_cuenta):
    """Nobody is locked out: an older hash is compared as typed and rewritten on its first success."""
    persona, vieja = con_cuenta(cui=CUI), unicodedata.normalize("NFD", DIFICIL)
    Usuario.objects.filter(pk=persona.pk).update(password=make_password(vieja, hasher="pbkdf2_sha256"))
    ingresar(client, CUI, vieja)
    assert dentro(client)
    persona.refresh_from_db()
    assert persona.password.startswith(f"{ClaveNormal.algorithm}$")
    client.logout()
    ingresar(client, CUI, DIFICIL)
    assert dentro(client)


@pytest.mark.parametrize("esquema", ["pbkdf2_sha256", ClaveNormal.algorithm])
@pytest.mark.parametrize("tecleada", ["otra cualquiera", "otr\u0301a\u200b cualquiera"])
def test_un_intento_malo_cuesta_una_sola_huella(con_cuenta, monkeypatch, esquema, tecleada):
    """The point «Enumeration»: exactly one hash an attempt, whatever was typed and whenever it was set."""
    persona, veces = con_cuenta(), []
    persona.password = make_password(CLAVE, hasher=esquema)
    original = PBKDF2PasswordHasher.encode
    monkeypatch.setattr(PBKDF2PasswordHasher, "encode", lambda *a, **k: veces.append(1) or original(*a, **k))
    assert not persona.check_password(tecleada)
    assert len(veces) == 1


def test_lo_que_no_se_ve_no_alarga_una_contrasena(client):
    enviar(client, clave="corta" + "\u200b" * 10, clave_repetida="corta" + "\u200b" * 10)
    assert not Usuario.objects.exists()
    assert len(normal("\ufdfa" * 100_000)) == 100_000


@pytest.mark.parametrize(
    "fecha", ["05031975", "5.3.1975", "5 3 1975", "０５–０３–１９７５", "5\u200b/3/1975"]
)
def test_el_registro_toma_la_fecha_de_cualquier_teclado_y_la_muestra_igual(client, fecha):
    pagina = enviar(client, fecha_nacimiento=fecha, terminos=None).content.decode()
    assert 'value="05/03/1975"' in pagina


def test_los_correos_de_antes_quedan_en_su_forma_normal_y_los_que_chocan_como_estaban(con_cuenta):
    """The migration: two accounts of one mailbox keep what they had."""
    a, b, c = con_cuenta(), con_cuenta(), con_cuenta()
    crudos = {a: "ana@mañana.gt", b: "ana@mañana.gt.", c: "c@demo.gt."}
    for persona, crudo in crudos.items():
        for tabla in (Usuario._base_manager.filter(pk=persona.pk), EmailAddress.objects.filter(user=persona)):
            _a_mano(tabla, crudo)
    migracion = importlib.import_module("cuentas.migrations.0007_un_buzon_una_cuenta")
    migracion.normalizar(apps, None)
    quedan = [Usuario.objects.get(pk=p.pk).email for p in (a, b, c)]
    assert quedan == [BUZON, "ana@mañana.gt.", "c@demo.gt"]
    assert EmailAddress.objects.get(user=a).email == BUZON


def _a_mano(filas, correo: str) -> None:
    """As an older version left it: past the field that normalises."""
    tabla = filas.model._meta.db_table
    with transaction.get_connection().cursor() as cursor:
        cursor.execute(f"UPDATE {tabla} SET email = %s WHERE id = %s", [correo, filas.get().pk])
