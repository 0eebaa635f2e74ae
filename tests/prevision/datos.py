"""An invented person and the answers with which each form of the Pensión por Invalidez is valid."""

from datetime import date

from previsión.familia.juramento import JURAMENTO as DECLARACION
from tramites.definicion import ContextoPaso

JuramentoForm = DECLARACION.formulario
# Each detail with the question and the answer that ask for it (B3.1).
CONDICIONES = {n: (pregunta.clave, i.cuando) for n, (pregunta, i) in JuramentoForm.pedidas.items()}

CONTEXTO = ContextoPaso(
    cui="1600325470202",
    correo="rosalinda@ejemplo.gt",
    nombres={
        "primer_nombre": "Rosalinda",
        "segundo_nombre": "",
        "primer_apellido": "Tzoc",
        "segundo_apellido": "Barrera",
    },
    fecha_nacimiento=date(1968, 3, 14),
    hoy=date(2026, 5, 20),
)
NOMBRE = {
    "primer_apellido": "Tzoc",
    "segundo_apellido": "Barrera",
    "apellido_casada": "",
    "primer_nombre": "Rosalinda",
    "segundo_nombre": "",
    "tercer_nombre": "",
}
BENEFICIARIO = NOMBRE | {
    "genero": "F",
    "etnia": "1",
    "fecha_nacimiento": "14/03/1968",
    "depto_nacimiento": "09",
    "municipio_nacimiento": "0913",
    "nacionalidad": "GUATEMALTECA",
    "ubicacion_geografica": "2",
    "tipo_identificacion": "DPI",
    "identificacion": "1600 32547 0202",
    "afiliacion_igss": "268014425",
    "estado_civil": "3",
    "profesion": "Maestra",
    "escolaridad": "08",
    "comunidad_linguistica": "10",
    "direccion": "4a. calle 2-18 zona 1, Almolonga",
    "telefono": "5555-1234",
    "correo": "rosalinda@ejemplo.gt",
}
JURAMENTO = {f"pregunta_{n}": "NO" for n in range(1, 7)} | {"fecha_entrega_cargo": "28/02/2026"}
