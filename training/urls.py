"""Addresses of the dashboard."""

from django.urls import include, path

from training.views import (
    datasets,
    deadlines,
    endpoints,
    files,
    home,
    models,
    people,
    projects,
    removal,
    resources,
    setup,
    site,
    tests,
    wizard,
)

_project = [
    path("", projects.project, name="project"),
    path("datasets/", datasets.datasets, name="datasets"),
    path("datasets/new/", datasets.new_dataset, name="new_dataset"),
    path("datasets/<int:pk>/", datasets.dataset, name="dataset"),
    path("models/", models.models, name="models"),
    path("models/<int:pk>/", models.model, name="model"),
    path("models/<int:pk>/manifest/", models.manifest, name="manifest"),
    path("train/", wizard.start_training, name="train"),
    path("<slug:kind>/delete/", removal.delete_rows, name="delete_rows"),
    path("drafts/<int:pk>/", wizard.resume_draft, name="resume"),
    path("drafts/<int:pk>/presence/", wizard.presence_in_draft, name="presence"),
    path("drafts/<int:pk>/discard/", wizard.discard_draft, name="discard_draft"),
    path("drafts/<int:pk>/<slug:step>/", wizard.wizard_step, name="wizard"),
    path("tests/", tests.tests, name="tests"),
    path("tests/new/", tests.new_test, name="new_test"),
    path("tests/<int:pk>/", tests.test, name="test"),
    path("endpoints/", endpoints.endpoints, name="endpoints"),
]

urlpatterns = [
    path("", home.home, name="home"),
    path("setup/<str:token>/", setup.setup, name="setup"),
    path("sample/", home.load_sample, name="load_sample"),
    path("projects/new/", projects.new_project, name="new_project"),
    path("projects/<int:project_id>/", include(_project)),
    path("files/<slug:kind>/<int:pk>/<slug:file_id>/", files.download, name="download"),
    path("deadlines/", deadlines.deadlines, name="deadlines"),
    path("activity/", site.activity, name="activity"),
    path("switcher/", site.switcher, name="switcher"),
    path("search/", site.search, name="search"),
    path("help/", site.help_page, name="help"),
    path("style-guide/", site.style_guide, name="style_guide"),
    path("lists/<slug:name>/", site.keep_grid, name="keep_grid"),
    path("resources/", resources.resources, name="resources"),
    path("resources/new/", resources.edit_resource, name="new_resource"),
    path("resources/<int:pk>/", resources.edit_resource, name="edit_resource"),
    path("people/", people.people, name="people"),
    path("people/new/", people.add_person, name="add_person"),
    path("people/<int:pk>/switch/", people.switch_person, name="switch_person"),
]
