"""What a reader knows better is collected on the page and saved as corrections.yaml; contradictions are shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from page.driver import Explorer

from kg.rules import corrections
from kg.rules.ruleset import load_ontology, shipped

Open = Callable[..., Explorer]


def test_an_edge_marked_wrong_and_one_added_come_down_as_corrections(explore: Open, tmp_path: Path) -> None:
    explorer = explore("small", "n=a00")
    explorer.click_between("a00", "o00")
    page = explorer.page
    page.locator("#panel .reason").fill('说反了: "#1"')
    page.get_by_role("button", name="标为错误").click()
    assert "已标为错误" in explorer.panel()
    page.locator("#panel h2 .entity").first.click()
    page.locator("#panel .adding summary").click()
    form = page.locator("#panel .adding")
    form.locator("select").select_option("收购")
    form.locator("input").first.fill("没有的名字")
    form.get_by_role("button", name="添加").click()
    assert "图里没有这个名字" in form.inner_text()
    form.locator("input").first.fill("产品:新模型")
    form.get_by_role("button", name="添加").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="下载更正(2)").click()
    assert waiting.value.suggested_filename == "corrections.yaml"
    path = tmp_path / "corrections.yaml"
    waiting.value.save_as(path)
    wrong, added = corrections.load_file(path, load_ontology(shipped())).items
    assert wrong.triple == ("星图科技", "参加", "云港論壇") and wrong.because == '说反了: "#1"'
    assert wrong.sentences == ("星图科技的代表参加了云港論壇并作报告。",)
    assert added.triple == ("星图科技", "收购", "产品:新模型")


def test_a_mark_can_be_taken_back(explore: Open) -> None:
    explorer = explore("small", "n=a00")
    explorer.click_between("a00", "o00")
    explorer.page.get_by_role("button", name="标为错误").click()
    explorer.page.get_by_role("button", name="撤销").click()
    assert explorer.page.locator("#save-corrections").count() == 0


def test_both_sides_of_a_contradiction_stand_together(explore: Open) -> None:
    explorer = explore("contradictory")
    fold = explorer.page.locator("#panel .conflict")
    fold.locator("summary").click()
    assert "有人说有,有人否认" in fold.inner_text()
    quotes = ["星图科技收购了重庆仪表厂。<b>", "星图科技否认收购重庆仪表厂。"]
    assert fold.locator("blockquote").all_inner_texts() == quotes
    assert fold.locator("time").all_inner_texts() == ["2023-05-01", "2023-06-02"]
