"""A document's date comes from its fields, its header or its URL, never from a sentence."""

from __future__ import annotations

import pytest

from kg.read import dates


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-01-29 12:35", "2024-01-29"),
        ("2024年1月29日", "2024-01-29"),
        ("2024/1/29", "2024-01-29"),
        ("2024.01.29", "2024-01-29"),
        ("2024-01-29T12:35:00+08:00", "2024-01-29"),
        ("20240129", "2024-01-29"),
        ("2024-05", "2024-05"),
        ("2024年5月", "2024-05"),
        ("2024", "2024"),
        ("2024年", "2024"),
        ("2024-02-30", "2024-02"),
        ("1月29日", None),
        ("昨天", None),
        ("1706502900", None),
        ("", None),
    ],
)
def test_a_date_field(value: str, expected: str | None) -> None:
    assert dates.written(value) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("2024-01-29 12:35", "2024-01-29"),
        ("3589点击    2024-01-29 12:35", "2024-01-29"),
        ("发布时间：2024年1月29日 来源：新华社", "2024-01-29"),
        ("新华社 2024/01/29 记者 张三", "2024-01-29"),
        ("科技日报 (2024-01-29)", "2024-01-29"),
        ("2024年1月29日,OpenAI发布了新模型", None),
        ("2024年1月29日OpenAI发布新模型", None),
        ("据悉,OpenAI于 2024年1月29日 在旧金山发布了新的模型并宣布与微软公司继续合作", None),
        ("OpenAI在 2024-01-29 发布了模型。", None),
        ("- 2015年12月11日 OpenAI成立", None),
        ("1月29日 12:35", None),
        ("2024-13-45 12:35", None),
    ],
)
def test_a_header_line(line: str, expected: str | None) -> None:
    assert dates.in_header(["大模型爆火这一年", line]) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://news.cn/2024/01/29/c_113.htm", "2024-01-29"),
        ("http://a.cn/n1/2024/0129/c1004-4016.html", "2024-01-29"),
        ("https://new.qq.com/rain/a/20240129A04XYZ00", "2024-01-29"),
        ("https://a.cn/202401/t20240129_55.html", "2024-01-29"),
        ("https://a.cn/2024-01/29/content_1.htm", "2024-01-29"),
        ("https://a.cn/2024-01/a.htm", "2024-01"),
        ("http://baijiahao.baidu.com/s?id=1800065560409438485&wfr=spider", None),
        ("https://a.cn/20241399", None),
        ("", None),
    ],
)
def test_a_url(url: str, expected: str | None) -> None:
    assert dates.in_url(url) == expected
