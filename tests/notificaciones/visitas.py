"""How a visit to a notice reaches the server: what each browser says of where it comes from."""

PROPIO = "http://testserver/notificaciones/"
# A person presses the notice in «Mis Notificaciones».
CLIC = {
    "Sec-Fetch-Site": "same-origin",
    "Sec-Fetch-Mode": "navigate",
    "Sec-Fetch-Dest": "document",
    "Sec-Fetch-User": "?1",
    "Referer": PROPIO,
}
# The same on a telephone without Fetch Metadata.
CLIC_SIN_METADATOS = {"Referer": PROPIO}
AJENO = CLIC | {"Sec-Fetch-Site": "cross-site", "Referer": "https://otro.example/"}
SIN_EFECTO = {
    "un programa que no dice nada": {},
    "prefetch": CLIC | {"Sec-Purpose": "prefetch"},
    "prerender": CLIC | {"Sec-Purpose": "prefetch;prerender"},
    "prefetch de antes": CLIC | {"Purpose": "prefetch"},
    "prefetch de Firefox": CLIC_SIN_METADATOS | {"X-Moz": "prefetch"},
    "vista previa": CLIC_SIN_METADATOS | {"X-Purpose": "preview"},
    "enlace del correo": CLIC | {"Sec-Fetch-Site": "none", "Referer": ""},
    "redirección de otro sitio": AJENO,
    "redirección de otro sitio, sin Referer": AJENO | {"Referer": ""},
    "de un subdominio": CLIC | {"Sec-Fetch-Site": "same-site"},
    "imagen de otro sitio": AJENO | {"Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"},
    "imagen propia": CLIC | {"Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"},
    "marco": CLIC | {"Sec-Fetch-Dest": "iframe"},
    "fetch": CLIC | {"Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"},
    "a medias": {"Sec-Fetch-Site": "same-origin", "Referer": PROPIO},
    "parte del archivo": CLIC | {"Range": "bytes=0-99"},
    "después de ingresar": CLIC | {"Referer": "http://testserver/cuenta/ingresar/?next=/notificaciones/1/"},
    "otro sitio en un teléfono viejo": {"Referer": "https://otro.example/?http://testserver/"},
    "otro puerto": {"Referer": "http://testserver:8001/notificaciones/"},
    "sin cifrar": {"Referer": "https://testserver/notificaciones/"},
    "un Referer roto": {"Referer": "http://[testserver/"},
}
