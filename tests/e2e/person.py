"""A person without JavaScript: signs in and sends forms over plain HTTP."""

import re

import requests


class Person:
    """Keeps cookies; `post` sends a form with its token."""

    def __init__(self, server):
        self.server = server
        self.session = requests.Session()
        self.session.trust_env = False

    def get(self, path):
        """The text of a page."""
        url = path if path.startswith("http") else self.server.address + path
        answer = self.session.get(url, timeout=30)
        answer.raise_for_status()
        return answer

    def post(self, path, files=None, **values):
        """Send a form, with files if any; the answer after its redirects."""
        url = path if path.startswith("http") else self.server.address + path
        cookies = self.session.cookies
        token = next((one.value for one in cookies if one.name.endswith("csrftoken")), "")
        headers = {"Referer": self.server.address, "X-CSRFToken": token}
        answer = self.session.post(url, data=values, files=files, headers=headers, timeout=30)
        answer.raise_for_status()
        return answer

    def set_up(self, email=""):
        """Create the first administrator."""
        self.get(self.server.setup_link)
        self.post(self.server.setup_link, username="ada", email=email, password="correct horse 42")
        self.get("/")

    def load_sample(self):
        """The sample project; the answer is the number of its page."""
        answer = self.post("/sample/")
        return int(re.search(r"/projects/(\d+)/", answer.url).group(1))

    def imported_sample(self):
        """`load_sample`, after its data has been imported."""
        project = self.load_sample()
        listed = f"/projects/{project}/datasets/"
        self.server.wait_for(lambda: self.count(listed, 'badge success"') == 3, 180, "datasets")
        return project

    def count(self, path, text):
        """How often a text stands in a page."""
        return self.get(path).text.count(text)

    def lend(self, context):
        """Sign a browser in."""
        cookies = self.session.cookies.items()
        url = self.server.address
        context.add_cookies([{"name": name, "value": value, "url": url} for name, value in cookies])

    def train_sample(self, project, name="Harbour model", with_sound=False, base="", **more):
        """Click through the wizard; the data is text and pronunciations, and audio if wanted.

        base: name of the baseline model, the first that can be adapted if empty.
        """
        here = f"/projects/{project}"
        answer = self.post(f"{here}/train/")
        draft = re.search(rf"{here}/drafts/(\d+)/", answer.url).group(0)
        listed = re.compile(
            rf'name="base_model" value="(\d+)"(?: checked)?>\s*<span[^>]*>\s*<span[^>]*>{base}'
        )
        self.server.wait_for(
            lambda: listed.search(self.get(f"{draft}baseline/").text), 180, "bases"
        )
        base = listed.search(self.get(f"{draft}baseline/").text).group(1)
        self.post(f"{draft}baseline/", base_model=base)
        page = self.get(f"{draft}data/").text
        found = re.findall(r'name="datasets" value="(\d+)">', page)
        self.post(f"{draft}data/", datasets=found if with_sound else found[-2:])
        self.post(f"{draft}name/", display_name=name, weight_percent="70", **more)
        if more:
            page = self.get(f"{draft}test/").text
            dataset = re.search(r'<option value="(\d+)">Harbour radio', page).group(1)
            second = re.search(r'value="(base-\d+)" selected', page).group(1)
            self.post(f"{draft}test/", test_dataset=dataset, second_model=second)
        return self.post(f"{draft}review/")


def with_model(studio, page, base=""):
    """The address of the sample project with a trained model, in a browser that is signed in."""
    person = Person(studio)
    person.set_up()
    project = person.imported_sample()
    person.train_sample(project, base=base)
    here = f"/projects/{project}/"
    studio.wait_for(lambda: person.count(f"{here}models/", 'badge success"') == 1, 120, "model")
    person.lend(page.context)
    return f"{studio.address}{here}"
