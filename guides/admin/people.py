"""Who may sign in and open the desk. What people do in their cases is not shown here."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as StockUserAdmin
from django.contrib.auth.forms import BaseUserCreationForm
from django.contrib.auth.models import Group, Permission
from django.db.models import Case, QuerySet, When
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from guides import roles
from guides.models import User


class LanguageMixin:
    """Languages are those of the site, so that a third one needs no migration."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "language" in self.fields:  # type: ignore[attr-defined]
            self.fields["language"] = forms.ChoiceField(  # type: ignore[attr-defined]
                label=_("Language"), choices=settings.LANGUAGES
            )


class RolesField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, group: Group) -> str:
        """A role with what it does; another group under its own name."""
        role = roles.BY_NAME.get(group.name)
        if role is None:
            return group.name
        return gettext("%(role)s: %(help)s") % {"role": role.title, "help": role.help}


def in_order() -> QuerySet[Group]:
    """The roles as they follow one another, then the groups that somebody made here."""
    whens = [When(name=role.name, then=at) for at, role in enumerate(roles.ROLES)]
    return Group.objects.order_by(Case(*whens, default=len(whens)), "name")


class PersonForm(LanguageMixin, forms.ModelForm):
    groups = RolesField(
        label=_("Roles"),
        help_text=_("They take effect for those who may open the editors' desk."),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = User
        fields = ["language", "time_zone", "is_active", "is_staff", "is_superuser", "groups"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "groups" in self.fields:
            self.fields["groups"].queryset = in_order()


class RoleFilter(admin.SimpleListFilter):
    title = _("role")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(group.pk), roles.title_of(group)) for group in in_order()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        value = self.value() or ""
        return queryset.filter(groups=value) if value.isascii() and value.isdigit() else queryset


class NewPersonForm(LanguageMixin, BaseUserCreationForm):
    class Meta:
        model = User
        fields = ["email", "language"]


class ForSuperusers(admin.ModelAdmin):
    """Whoever may hand out rights has all of them anyway."""

    actions = None
    show_facets = admin.ShowFacets.NEVER

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Ticks: there are few, and a list that moves needs a script."""
        kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_superuser

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_superuser

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_superuser


@admin.register(User)
class PersonAdmin(ForSuperusers, StockUserAdmin):
    """Nobody is removed here: an account is deleted by its owner, who sees what goes with it. The
    address is changed by its owner too, who alone can confirm the new one; and so is the
    password, since whoever sets it can sign in and read the cases.
    """

    form = PersonForm
    add_form = NewPersonForm
    list_display = ["email", "roles", "is_staff", "is_superuser", "is_active", "joined_at"]
    list_filter = ["is_staff", "is_superuser", "is_active", "language", RoleFilter]
    search_fields = ["email"]
    ordering = ["email"]
    filter_horizontal = []
    readonly_fields = ["email", "last_login", "joined_at"]
    fieldsets = [
        (None, {"fields": ["email", "language", "time_zone"]}),
        (_("Rights"), {"fields": ["is_active", "is_staff", "is_superuser", "groups"]}),
        (_("Dates"), {"fields": ["last_login", "joined_at"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["email", "language", "password1", "password2"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description=_("roles"))
    def roles(self, person: User) -> str:
        between = pgettext("between the parts of a list", ", ")
        return between.join(roles.title_of(group) for group in person.groups.all()) or "–"

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        return self.readonly_fields if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False

    def user_change_password(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        raise Http404


# Whoever entered an address there could have a new password sent to it.
admin.site.unregister(EmailAddress)


#: What a group can be given: the rights that the desk asks about, in its own words.
RIGHTS = {
    "view_guide": _("Guides: read drafts and revisions"),
    "add_guide": _("Guides: begin new ones"),
    "change_guide": _("Guides: write drafts"),
    "review_guide": _("Guides: approve, send back, mark as checked"),
    "publish_guide": _("Guides: publish, withdraw, rename, mark as checked"),
    "view_picture": _("Pictures: read the register"),
    "add_picture": _("Pictures: add"),
    "change_picture": _("Pictures: change what is kept with them"),
    "delete_picture": _("Pictures: remove those that no text shows"),
    "view_source": _("Sources: read the register"),
    "add_source": _("Sources: add"),
    "change_source": _("Sources: change"),
    "delete_source": _("Sources: remove those that nothing cites"),
    "add_sourcechange": _("Sources: propose changes"),
    "view_editorialevent": _("Records: who did what"),
    "view_publication": _("Records: what was live when"),
    "view_feedback": _("Readers: read what they say"),
    "change_feedback": _("Readers: mark it as handled"),
    "view_searchmiss": _("Readers: see what they looked for in vain"),
    "change_searchmiss": _("Readers: mark what they looked for as handled"),
}


class RightsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, permission: Permission) -> str:
        return str(RIGHTS[permission.codename])


class GroupForm(forms.ModelForm):
    permissions = RightsField(
        label=_("Rights"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Group
        fields = ["name", "permissions"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        order = Case(*(When(codename=name, then=at) for at, name in enumerate(RIGHTS)))
        self.fields["permissions"].queryset = Permission.objects.filter(
            content_type__app_label="guides", codename__in=RIGHTS
        ).order_by(order)


admin.site.unregister(Group)


@admin.register(Group)
class GroupAdmin(ForSuperusers):
    """Groups beside the roles, for whoever wants rights cut otherwise. What a role may do is set
    by the site and shown here."""

    form = GroupForm
    list_display = ["called"]
    ordering = ["name"]

    @admin.display(description=_("name"), ordering="name")
    def called(self, group: Group) -> str:
        return roles.title_of(group)

    def has_change_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return super().has_change_permission(request, obj) and not is_role(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not is_role(obj)

    def get_fields(self, request: HttpRequest, obj: Group | None = None) -> list[str]:
        return ["called", "may"] if is_role(obj) else ["name", "permissions"]

    def get_readonly_fields(self, request: HttpRequest, obj: Group | None = None) -> list[str]:
        return ["called", "may"] if is_role(obj) else []

    @admin.display(description=_("rights"))
    def may(self, group: Group) -> SafeString:
        held = set(group.permissions.values_list("codename", flat=True))
        lines = ((RIGHTS[name],) for name in RIGHTS if name in held)
        return format_html(
            '<ul class="desk-used">{}</ul>', format_html_join("", "<li>{}</li>", lines)
        )


def is_role(group: Group | None) -> bool:
    return group is not None and group.name in roles.BY_NAME
