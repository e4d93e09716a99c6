// SPDX-License-Identifier: Apache-2.0

package main

import (
	"maps"
	"slices"
	"sync"

	v1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
)

// newPod has one container that asks for so many of the resource. Its name is its UID.
func newPod(uid, container, resourceName string, count int64) *v1.Pod {
	limits := v1.ResourceList{
		v1.ResourceName(resourceName): *resource.NewQuantity(count, resource.DecimalSI),
	}
	return &v1.Pod{
		ObjectMeta: metav1.ObjectMeta{UID: types.UID(uid), Name: uid, Namespace: "default"},
		Spec: v1.PodSpec{Containers: []v1.Container{{
			Name:      container,
			Resources: v1.ResourceRequirements{Limits: limits, Requests: limits},
		}}},
	}
}

// pods are those that were admitted and not removed.
type pods struct {
	mutex sync.Mutex
	byUID map[string]*v1.Pod
}

func newPods() *pods { return &pods{byUID: map[string]*v1.Pod{}} }

func (p *pods) add(pod *v1.Pod) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.byUID[string(pod.UID)] = pod
}

func (p *pods) remove(uid string) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	delete(p.byUID, uid)
}

func (p *pods) find(uid string) (*v1.Pod, bool) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	pod, found := p.byUID[uid]
	return pod, found
}

func (p *pods) active() []*v1.Pod {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return slices.Collect(maps.Values(p.byUID))
}
