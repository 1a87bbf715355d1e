from django.db import migrations, models


def link_what_is_rendered(apps, _schema_editor):
    Guide, Edition = apps.get_model("guides", "Guide"), apps.get_model("guides", "Edition")
    guides = dict(Guide.objects.values_list("slug", "pk"))
    Link = Edition.linked.through
    Link.objects.bulk_create(
        Link(edition_id=edition, guide_id=guides[slug])
        for edition, links in Edition.objects.values_list("pk", "links")
        for slug in set(links)
        if slug in guides
    )


class Migration(migrations.Migration):

    dependencies = [
        ('guides', '0004_finding_and_freshness'),
    ]

    operations = [
        migrations.AddField(
            model_name='edition',
            name='linked',
            field=models.ManyToManyField(editable=False, related_name='linked_from', to='guides.guide'),
        ),
        migrations.RunPython(link_what_is_rendered, migrations.RunPython.noop),
    ]
