// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	v1 "k8s.io/api/core/v1"
	"k8s.io/klog/v2"
)

type command struct {
	arguments string
	run       func(k *kubelet, words []string) (any, error)
}

var commands = map[string]command{
	"capacity":       {"", (*kubelet).capacity},
	"allocate":       {"POD CONTAINER RESOURCE N", (*kubelet).allocate},
	"run-options":    {"POD CONTAINER", (*kubelet).runOptions},
	"topology-hints": {"POD CONTAINER RESOURCE N", (*kubelet).topologyHints},
	"devices-held":   {"POD CONTAINER", (*kubelet).devicesHeld},
	"remove-pod":     {"POD", (*kubelet).removePod},
	"sources-ready":  {"", (*kubelet).allSourcesReady},
	"stop":           {"", (*kubelet).stop},
}

func (k *kubelet) run(words []string) (any, error) {
	if len(words) == 0 {
		return nil, fmt.Errorf("an empty line is no command")
	}
	c, known := commands[words[0]]
	if !known {
		return nil, fmt.Errorf("no command is called %s", words[0])
	}
	if len(words)-1 != len(strings.Fields(c.arguments)) {
		return nil, fmt.Errorf("usage: %s %s", words[0], c.arguments)
	}
	return c.run(k, words[1:])
}

func counts(list v1.ResourceList) map[string]int64 {
	numbers := map[string]int64{}
	for name, quantity := range list {
		numbers[string(name)] = quantity.Value()
	}
	return numbers
}

// capacity is what the node's status would say. "deleted" are resources whose plugin is gone for
// longer than the grace period.
func (k *kubelet) capacity([]string) (any, error) {
	capacity, allocatable, deleted := k.devices.GetCapacity()
	return map[string]any{
		"capacity": counts(capacity), "allocatable": counts(allocatable), "deleted": deleted,
	}, nil
}

func podFrom(words []string) (*v1.Pod, *v1.Container, error) {
	count, err := strconv.ParseInt(words[3], 10, 32)
	if err != nil {
		return nil, nil, err
	}
	pod := newPod(words[0], words[1], words[2], count)
	return pod, &pod.Spec.Containers[0], nil
}

func (k *kubelet) allocate(words []string) (any, error) {
	pod, container, err := podFrom(words)
	if err != nil {
		return nil, err
	}
	return "admitted", k.admit(pod, container)
}

// runOptions is what the kubelet gives the container runtime, each time it starts the container.
func (k *kubelet) runOptions(words []string) (any, error) {
	pod, found := k.pods.find(words[0])
	if !found {
		return nil, fmt.Errorf("no pod %s was admitted", words[0])
	}
	index := slices.IndexFunc(pod.Spec.Containers, func(c v1.Container) bool { return c.Name == words[1] })
	if index < 0 {
		return nil, fmt.Errorf("pod %s has no container %s", words[0], words[1])
	}
	return k.devices.GetDeviceRunContainerOptions(context.Background(), pod, &pod.Spec.Containers[index])
}

type hint struct {
	Nodes     []int `json:"nodes"`
	Preferred bool  `json:"preferred"`
}

// topologyHints keeps the difference between no hint at all (null), which means "any node will do",
// and an empty list, which means "no node will do".
func (k *kubelet) topologyHints(words []string) (any, error) {
	pod, container, err := podFrom(words)
	if err != nil {
		return nil, err
	}
	hints := map[string][]hint{}
	for name, given := range k.devices.GetTopologyHints(pod, container) {
		hints[name] = nil
		if given != nil {
			hints[name] = []hint{}
		}
		for _, h := range given {
			hints[name] = append(hints[name], hint{h.NUMANodeAffinity.GetBits(), h.Preferred})
		}
	}
	return hints, nil
}

func (k *kubelet) devicesHeld(words []string) (any, error) {
	held := map[string][]string{}
	for name, devices := range k.devices.GetDevices(words[0], words[1]) {
		for id := range devices {
			held[name] = append(held[name], id)
		}
		slices.Sort(held[name])
	}
	return held, nil
}

func (k *kubelet) removePod(words []string) (any, error) {
	k.pods.remove(words[0])
	k.devices.UpdateAllocatedDevices()
	return "removed", nil
}

func (k *kubelet) allSourcesReady([]string) (any, error) {
	k.sources.ready.Store(true)
	return "ready", nil
}

// stop disconnects all plugins, which no kubelet does when it ends.
func (k *kubelet) stop([]string) (any, error) {
	return "stopped", k.devices.Stop(klog.Background())
}
