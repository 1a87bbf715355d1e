import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('guides', '0007_link_checks_of_their_own'),
    ]

    operations = [
        migrations.AddField(
            model_name='publication',
            name='succeeded_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='guides.guide', verbose_name='in its place'),
        ),
        migrations.AddConstraint(
            model_name='publication',
            constraint=models.CheckConstraint(condition=models.Q(('succeeded_by__isnull', True), models.Q(('withdrawn_because', ''), _negated=True), _connector='OR'), name='guides_publication_successor_of_withdrawn'),
        ),
    ]
