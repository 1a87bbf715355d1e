from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def case_list(request: HttpRequest, **_kwargs: object) -> HttpResponse:
    return render(request, "404.html", status=404)


def case_create(request: HttpRequest, **_kwargs: object) -> HttpResponse:
    return render(request, "404.html", status=404)


def register_create(request: HttpRequest, **_kwargs: object) -> HttpResponse:
    return render(request, "404.html", status=404)


def case_detail(request: HttpRequest, **_kwargs: object) -> HttpResponse:
    return render(request, "404.html", status=404)


def case_edit(request: HttpRequest, **_kwargs: object) -> HttpResponse:
    return render(request, "404.html", status=404)
