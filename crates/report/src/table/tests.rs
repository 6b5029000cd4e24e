use super::{Colour, TableOptions, write_table};
use crate::{Language, Report, testing::Sample};

fn render(report: &Report<'_>, options: TableOptions) -> String {
    let mut bytes = Vec::new();
    write_table(report, options, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn by_workload_and_worst_first() {
    let sample = Sample::new();
    insta::assert_snapshot!(render(&sample.report(), TableOptions::default()), @"
    Deployment/shop/cart  shop/cart.yaml
      critical  POD-001  21:15  container app is privileged
      low       RES-001  19:15  container app has no memory limit

    shop/cart.yaml
      low       RES-001    the cluster has no limits

    Deployment/shop/订单服务  shop/cart.yaml
      low       RES-001  7:15  容器没有内存限制

    What to do
      POD-001  Privileged container  × 1
        Set `privileged` to false; add the single capability that is needed instead.
      RES-001  No memory limit  × 3
        Set a memory limit.

    Coverage
      Files: 1 assessed, 0 in part, 1 not
      Not assessed, or only in part:
      - file: not readable: permission denied
          shop/bro ken.yaml
      - document: a Helm template
          shop/cart.yaml:40:1
      - check: no allowed registries in kordon.yaml
          IMG-003

    Findings: 4 (1 critical · 0 high · 0 medium · 3 low · 0 info · 1 excepted), objects: 3
    ");
}

#[test]
fn in_chinese_and_narrow() {
    let sample = Sample::new();
    let options = TableOptions {
        columns: 50,
        language: Language::Chinese,
        n_hidden: 2,
        ..Default::default()
    };
    insta::assert_snapshot!(render(&sample.report(), options), @"
    Deployment/shop/cart  shop/cart.yaml
      严重  POD-001  21:15  container app is
                            privileged
      低危  RES-001  19:15  container app has no
                            memory limit

    shop/cart.yaml
      低危  RES-001    the cluster has no limits

    Deployment/shop/订单服务  shop/cart.yaml
      低危  RES-001  7:15  容器没有内存限制

    处理建议
      POD-001  Privileged container  × 1
        Set `privileged` to false; add the single
        capability that is needed instead.
      RES-001  No memory limit  × 3
        Set a memory limit.

    覆盖范围
      已评估 1 个文件，部分评估 0 个，未评估 1 个
      未评估或仅部分评估：
      - 文件: not readable: permission denied
          shop/bro ken.yaml
      - 文档: a Helm template
          shop/cart.yaml:40:1
      - 检查: no allowed registries in kordon.yaml
          IMG-003

    3 个对象中发现 4 个问题：1 个严重 · 0 个高危 · 0 个中危 · 3 个低危 · 0 个提示 · 1 个已豁免
    另有 2 个低于所选严重级别的问题未显示。
    ");
}

#[test]
fn nothing_found() {
    let sample = Sample::new();
    let report = Report { findings: &[], coverage: &[], ..sample.report() };
    insta::assert_snapshot!(render(&report, TableOptions::default()), @"
    Coverage
      Files: 0 assessed, 0 in part, 0 not

    No findings.
    ");
}

#[test]
fn colour_says_nothing_that_text_does_not() {
    let sample = Sample::new();
    let plain = render(&sample.report(), TableOptions::default());
    let options = TableOptions { colour: Colour::Ansi, ..Default::default() };
    let mut coloured = render(&sample.report(), options);
    assert_ne!(plain, coloured);
    coloured = coloured
        .split('\x1b')
        .map(|part| {
            part.split_once('m').filter(|_| part.starts_with('[')).map_or(part, |(_, text)| text)
        })
        .collect();
    assert_eq!(plain, coloured);
}
