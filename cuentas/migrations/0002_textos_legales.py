"""The first version of the legal texts: a draft of ours, to be approved by ONSEC; a correction is a new row."""

import hashlib
from datetime import datetime, timedelta, timezone

from django.db import migrations

# The month of the manual, so that nothing recorded later lacks a text in force.
VIGENTE_DESDE = datetime(2024, 7, 1, tzinfo=timezone(timedelta(hours=-6)))

TERMINOS = """\
Texto provisional: ONSEC debe aprobarlo.

## En palabras sencillas

- El portal es gratis y se usa personalmente.
- Usted responde por lo que escribe y por los documentos que carga.
- Cuide su contraseña y no la preste a nadie.
- ONSEC le avisa por correo y en el portal. Revise su correo.
- Si no puede usar el portal, lo atienden en las ventanillas de ONSEC.

## 1. Qué es este portal

El Portal de Comunicaciones Electrónicas ONSEC-CEO sirve para presentar y seguir trámites de Previsión Civil. \
Lo administra la Oficina Nacional de Servicio Civil (ONSEC), por medio de la Dirección de Previsión Civil.

Se basa en el Acuerdo D-2022-15 y en el Decreto 5-2021 del Congreso de la República, Ley para la \
Simplificación de Requisitos y Trámites Administrativos.

## 2. Quién puede usarlo

Puede crear una cuenta quien tenga 18 años o más y número de DPI. Cada persona usa solo su propia cuenta. \
El trámite es personal: no se presenta por medio de representante ni con testigo a ruego.

## 3. Su cuenta

Escriba sus datos como aparecen en su DPI. Confirme su correo antes de ingresar por primera vez. \
No preste su contraseña. Si cree que otra persona la conoce, cámbiela y llame a ONSEC.

## 4. Lo que usted presenta

Lo que escribe y carga debe ser verdadero. ONSEC puede comprobarlo con otras instituciones. \
Declarar algo falso puede tener consecuencias según la ley.

Los documentos se cargan en PDF. ONSEC guarda la fecha y la hora de cada acto, según el reloj del servidor.

## 5. Avisos de ONSEC

ONSEC le avisa en el portal y al correo de su cuenta. Mantenga su correo al día. \
Los plazos de cada aviso aparecen en su Gestión.

## 6. Costo

Toda gestión en este portal es gratuita. Si alguien le pide dinero por usarlo, avise a ONSEC.

## 7. Si el portal no funciona

Puede haber pausas por mantenimiento. Lo que usted guardó no se pierde. \
También puede hacer el trámite en las ventanillas de ONSEC: capital, Quetzaltenango o Zacapa.

## 8. Cambios a estos términos

Cada cambio tiene número de versión y fecha. La versión que usted aceptó queda guardada y la ve en «Mis datos».
"""

PRIVACIDAD = """\
Texto provisional: ONSEC debe aprobarlo.

## En palabras sencillas

- ONSEC guarda los datos que usted escribe y los documentos que carga.
- Los usa solo para su trámite de pensión y para avisarle.
- Los ve solo el personal de ONSEC que atiende su Gestión. Cada lectura queda anotada.
- ONSEC no vende sus datos ni los publica.
- Usted puede pedir sus datos y pedir que se corrijan.

## 1. Quién guarda sus datos

La Oficina Nacional de Servicio Civil (ONSEC), Dirección de Previsión Civil. \
Base legal: Acuerdo D-2022-15; Decreto 5-2021; Decreto 57-2008, artículos 30 al 35; \
Constitución Política de la República, artículo 31.

## 2. Para qué se usan

- Para saber quién es usted y abrirle una cuenta.
- Para recibir, revisar y resolver su solicitud de pensión.
- Para avisarle de cada cambio en su Gestión.
- Para comprobar después qué se hizo, quién lo hizo y cuándo.

## 3. Quién los recibe

El personal de ONSEC que atiende su Gestión. Otras instituciones del Estado los reciben solo si la ley las \
hace parte del trámite: por ejemplo, el Instituto Guatemalteco de Seguridad Social (IGSS), el Ministerio de \
Finanzas Públicas o la Contraloría General de Cuentas.

## 4. Dónde se guardan

En el banco de datos de expedientes electrónicos de Previsión Civil, a cargo de ONSEC. \
Cada persona entra solo a lo suyo. El personal entra según su función.

## 5. Cuáles son obligatorios y cuáles no

Los datos marcados con asterisco son obligatorios: sin ellos no se puede crear la cuenta o seguir el trámite. \
Los demás son opcionales. Puede dejarlos vacíos.

Son datos sensibles su salud, su etnia y su comunidad lingüística. El dictamen médico se pide porque la pensión \
por invalidez depende de él. La etnia es opcional.

## 6. Qué pasa si no los da

Si falta un dato obligatorio, no se puede seguir aquí. Usted puede hacer el trámite en las ventanillas de ONSEC: \
capital, Quetzaltenango o Zacapa. Nada le pasa por no dar un dato opcional.

## 7. A dónde se transfieren

No se transfieren fuera del Estado de Guatemala ni se comercializan. \
Los avisos por correo no llevan su CUI ni datos de salud.

## Sus derechos

Puede pedir a ONSEC los datos que guarda de usted: responde en 10 días hábiles. \
Puede pedir que los corrija: responde en 30 días hábiles. Si no está de acuerdo con la respuesta, puede pedir \
revisión según el Decreto 57-2008.

## Cuánto tiempo se guardan

El expediente se conserva según la ley de archivo que le corresponde. \
Un borrador sin movimiento se archiva a los 6 meses.
"""

TEXTOS = (
    ("terminos", "Términos de uso y condiciones", TERMINOS),
    ("privacidad", "Aviso de privacidad", PRIVACIDAD),
    ("declaracion", "Declaración de leer y escribir", "Declaro que sé leer y escribir"),
)


def escribir(apps, schema_editor):
    documentos = apps.get_model("cuentas", "DocumentoLegal")
    for tipo, titulo, texto in TEXTOS:
        documentos.objects.create(
            tipo=tipo,
            version=1,
            titulo=titulo,
            texto=texto,
            sha256=hashlib.sha256(texto.encode()).hexdigest(),
            vigente_desde=VIGENTE_DESDE,
        )


def quitar(apps, schema_editor):
    apps.get_model("cuentas", "DocumentoLegal").objects.filter(version=1).delete()


class Migration(migrations.Migration):
    dependencies = [("cuentas", "0001_initial")]

    operations = [migrations.RunPython(escribir, quitar)]
