// SPDX-License-Identifier: Apache-2.0

package chart

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"
	"sigs.k8s.io/yaml"
)

type dashboard struct {
	UID        string
	Title      string
	Panels     []panel
	Templating struct {
		List []struct{ Name, Definition string }
	}
}

type panel struct {
	ID      int
	Title   string
	Type    string
	GridPos struct{ X, Y, W, H int }
	Targets []struct{ Expr, RefID string }
}

func renderedDashboard(t *testing.T) (found dashboard) {
	t.Helper()
	for _, object := range rendered(t, valuesOf(t, "grafanaDashboard: {enabled: true}"), fullCluster) {
		if text := object.(interface{ GetName() string }); strings.HasSuffix(text.GetName(), "-dashboard") {
			if err := json.Unmarshal([]byte(object.(*corev1.ConfigMap).Data["hailo-device-plugin.json"]), &found); err != nil {
				t.Fatal(err)
			}
		}
	}
	return found
}

func TestDashboardHasPanelsThatDoNotOverlap(t *testing.T) {
	board := renderedDashboard(t)
	if board.UID == "" || board.Title == "" || len(board.Panels) < 10 {
		t.Errorf("%q %q %d", board.UID, board.Title, len(board.Panels))
	}
	taken := map[[2]int]string{}
	ids := map[int]bool{}
	for _, each := range board.Panels {
		if ids[each.ID] || each.Title == "" || each.GridPos.X+each.GridPos.W > 24 {
			t.Errorf("%+v", each)
		}
		ids[each.ID] = true
		for x := each.GridPos.X; x < each.GridPos.X+each.GridPos.W; x++ {
			for y := each.GridPos.Y; y < each.GridPos.Y+each.GridPos.H; y++ {
				if other := taken[[2]int{x, y}]; other != "" {
					t.Fatalf("%s lies over %s", each.Title, other)
				}
				taken[[2]int{x, y}] = each.Title
			}
		}
	}
}

// expressions are those of the dashboard's panels, with Grafana's variables filled in.
func expressions(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	fill := strings.NewReplacer("$__rate_interval", "5m", "$node", ".*")
	for _, each := range renderedDashboard(t).Panels {
		if len(each.Targets) == 0 {
			t.Errorf("%s shows nothing", each.Title)
		}
		for _, target := range each.Targets {
			found[each.Title+" "+target.RefID] = fill.Replace(target.Expr)
		}
	}
	return found
}

func TestDashboardAsksWhatPrometheusUnderstands(t *testing.T) {
	type rule struct {
		Record string `json:"record"`
		Expr   string `json:"expr"`
	}
	var rules []rule
	for _, expression := range expressions(t) {
		rules = append(rules, rule{"x", expression})
	}
	text, err := yaml.Marshal(map[string]any{"groups": []any{map[string]any{"name": "panels", "rules": rules}}})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "panels.yaml")
	if err := os.WriteFile(path, text, 0o644); err != nil {
		t.Fatal(err)
	}
	promtool(t, "check", "rules", "--lint=none", path)
}

// metrics gives the type of each that docs/metrics.md lists; that table is compared with the daemon elsewhere.
func metrics(t *testing.T) map[string]string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(SourceRoot(), "docs", "metrics.md"))
	if os.IsNotExist(err) {
		t.Skip("there is no docs/metrics.md")
	}
	types := map[string]string{}
	for _, row := range regexp.MustCompile("(?m)^\\| `([a-z_]+)` \\| ([a-z]+) \\|").FindAllStringSubmatch(string(text), -1) {
		types[row[1]] = row[2]
		if row[2] == "histogram" {
			for _, suffix := range []string{"_bucket", "_sum", "_count"} {
				types[row[1]+suffix] = "counter"
			}
		}
	}
	if len(types) < 10 {
		t.Fatalf("docs/metrics.md has no table of metrics: %v", err)
	}
	return types
}

var (
	metricName = regexp.MustCompile(`\b(?:hailo|process)_[a-z0-9_]+`)
	rated      = regexp.MustCompile(`(?:rate|increase)\(([a-z0-9_]+)`)
)

func checkMetrics(t *testing.T, where, expression string) {
	t.Helper()
	types := metrics(t)
	used := metricName.FindAllString(expression, -1)
	if len(used) == 0 && !strings.HasPrefix(expression, "up{") {
		t.Errorf("%s uses no metric: %s", where, expression)
	}
	for _, name := range used {
		if types[name] == "" {
			t.Errorf("%s: docs/metrics.md does not have %s", where, name)
		}
	}
	counted := []string{}
	for _, match := range rated.FindAllStringSubmatch(expression, -1) {
		counted = append(counted, match[1])
	}
	for _, name := range used {
		if isCounter := types[name] == "counter"; isCounter != slices.Contains(counted, name) {
			t.Errorf("%s: %s is a %s", where, name, types[name])
		}
	}
}

func TestDashboardUsesMetricsThatTheDaemonHas(t *testing.T) {
	for title, expression := range expressions(t) {
		checkMetrics(t, title, expression)
	}
	for _, variable := range renderedDashboard(t).Templating.List {
		for _, name := range metricName.FindAllString(variable.Definition, -1) {
			if metrics(t)[name] == "" {
				t.Errorf("the variable %s: docs/metrics.md does not have %s", variable.Name, name)
			}
		}
	}
}

func TestDashboardsNeighboursTheAlertsUseMetricsThatTheDaemonHas(t *testing.T) {
	for _, rule := range alertRules(t, "prometheusRule: {enabled: true}").Spec.Groups[0].Rules {
		checkMetrics(t, rule.Alert, rule.Expr.String())
	}
}
