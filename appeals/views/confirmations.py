from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def confirmation(request: HttpRequest, **_kwargs: object) -> HttpResponse:
    return render(request, "404.html", status=404)
