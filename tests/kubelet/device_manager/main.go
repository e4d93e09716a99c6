// SPDX-License-Identifier: Apache-2.0

// Command device_manager runs the device manager of a real kubelet, and nothing else of it, for a
// test to drive. It reads one command per line, "allocate pod main hailo.ai/device 1", and writes
// one JSON document per line. Commands run at the same time, as they do in a kubelet; the n-th line
// is answered by the document with the id n.
//
// Kubernetes has its folders as constants below /var/lib/kubelet, so it needs a mount namespace.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strings"
	"sync"

	"k8s.io/klog/v2"
)

type reply struct {
	ID     int    `json:"id"`
	Result any    `json:"result,omitempty"`
	Error  string `json:"error,omitempty"`
}

// replies writes one document per line, whoever calls.
type replies struct {
	mutex   sync.Mutex
	encoder *json.Encoder
}

func (r *replies) send(id int, result any, err error) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	document := reply{ID: id, Result: result}
	if err != nil {
		document = reply{ID: id, Error: err.Error()}
	}
	if err := r.encoder.Encode(document); err != nil {
		os.Exit(1) // the test is gone
	}
}

func parseOptions() options {
	var o options
	klog.InitFlags(nil)
	flag.IntVar(&o.numaNodes, "numa-nodes", 1, "how many NUMA nodes the machine has")
	flag.IntVar(&o.affinity, "affinity", -1, "the NUMA node that every container is to be on; -1 is any")
	flag.BoolVar(&o.sourcesReady, "sources-ready", true,
		"whether all pods are known from the start; else the command sources-ready says when")
	flag.BoolVar(&o.watchPlugins, "watch-plugins", false,
		"also run the plugin manager on "+pluginsRegistry)
	flag.Func("running", "a container that runs already, as POD/CONTAINER; may be repeated",
		func(text string) error {
			pod, container, found := strings.Cut(text, "/")
			if !found {
				return fmt.Errorf("%q is not POD/CONTAINER", text)
			}
			o.running = append(o.running, containerKey{pod, container})
			return nil
		})
	flag.Parse()
	return o
}

func main() {
	kubelet, err := startKubelet(parseOptions())
	if err != nil {
		fmt.Fprintln(os.Stderr, "device_manager:", err)
		os.Exit(1)
	}
	out := &replies{encoder: json.NewEncoder(os.Stdout)}
	out.send(0, "ready", nil)
	lines := bufio.NewScanner(os.Stdin)
	for id := 1; lines.Scan(); id++ {
		go func(words []string) {
			result, err := kubelet.run(words)
			out.send(id, result, err)
		}(strings.Fields(lines.Text()))
	}
	// The end of input is the end of a kubelet: it stops nothing, it is just gone.
}
